using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Reconciling.Remembering;

/// <summary>
/// The add-ons of one cluster that were deleted lately: more than a few in ten minutes are a mistake until somebody says otherwise.
/// All resources of a namespace that goes away count as one. It survives a restart in an annotation of the cluster's Lease.
/// </summary>
/// <param name="perNamespace">Deletions of one namespace in ten minutes, at most.</param>
/// <param name="perCluster">Deletions of the cluster in ten minutes, at most.</param>
internal sealed class DeletionLedger(int perNamespace, int perCluster, TimeProvider time)
{
    /// <summary>How long a deletion counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const string WholeNamespace = "all";

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Namespace, string Slot), DateTimeOffset> _taken = [];

    /// <summary>True when the resource's add-on may be deleted now; counts nothing.</summary>
    /// <param name="isTerminating">True when the whole namespace goes away.</param>
    public bool HasRoom(string @namespace, string uid, bool isTerminating)
    {
        lock (_lock)
        {
            return HasRoomFor((@namespace, Slot(uid, isTerminating)));
        }
    }

    /// <summary>Counts the deletion, once however often it is tried; false when there is no room.</summary>
    /// <param name="isAllowed">True when somebody allowed any number for now.</param>
    public bool TryTake(string @namespace, string uid, bool isTerminating, bool isAllowed)
    {
        lock (_lock)
        {
            var slot = (@namespace, Slot(uid, isTerminating));
            if (!isAllowed && !HasRoomFor(slot))
            {
                return false;
            }

            _taken.TryAdd(slot, time.GetUtcNow());
            return true;
        }
    }

    /// <summary>How long until the oldest deletion counts no more.</summary>
    public TimeSpan UntilRoom()
    {
        lock (_lock)
        {
            var left = _taken.Count == 0 ? TimeSpan.Zero : Window - (time.GetUtcNow() - _taken.Values.Min());
            return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
        }
    }

    /// <summary>What counts now, as text; empty when nothing does.</summary>
    public string Write()
    {
        lock (_lock)
        {
            Drop();
            return _taken.Count == 0 ? "" : new JsonObject(_taken.Select(entry => KeyValuePair.Create(
                $"{entry.Key.Namespace}/{entry.Key.Slot}",
                (JsonNode?)entry.Value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)))).ToJsonString();
        }
    }

    /// <summary>Adds what an earlier process wrote. What cannot be read, or lies in the future, counts from now.</summary>
    public void Read(string text)
    {
        lock (_lock)
        {
            foreach (var (name, at) in (JsonAnswer.TryParse(Encoding.UTF8.GetBytes(text)) ?? []).Take(perCluster * 2))
            {
                var now = time.GetUtcNow();
                var when = DateTimeOffset.TryParse(at.Text(), CultureInfo.InvariantCulture, out var read)
                    && read < now ? read : now;
                if (name.Split('/', 2) is [var @namespace, var slot])
                {
                    _taken.TryAdd((@namespace, slot), when);
                }
            }
        }
    }

    private bool HasRoomFor((string Namespace, string Slot) slot)
    {
        Drop();
        return _taken.ContainsKey(slot)
            || (_taken.Count < perCluster && (slot.Slot == WholeNamespace || _taken.Keys.Count(taken => taken.Namespace == slot.Namespace) < perNamespace));
    }

    private void Drop()
    {
        var now = time.GetUtcNow();
        foreach (var old in _taken.Where(entry => now - entry.Value > Window).Select(entry => entry.Key).ToList())
        {
            _taken.Remove(old);
        }
    }

    private static string Slot(string uid, bool isTerminating) => isTerminating ? WholeNamespace : uid;
}
