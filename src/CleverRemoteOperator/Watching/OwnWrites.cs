using System.Collections.Concurrent;
using System.Globalization;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Watching;

/// <summary>
/// What the operator itself wrote on resources, and as their Secrets: a pass reads its own writes, and their echo starts no pass.
/// What the watch has not shown after five minutes it may never show: a server restored from a backup is back before it.
/// </summary>
/// <param name="memory">The cluster's share of memory: where there is no room, a write is not kept, which costs one pass more. Null = as much as there is.</param>
internal sealed class OwnWrites(TimeProvider time, MemoryShare? memory = null)
{
    // Longer than a watch may be silent.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Written> _written = new(StringComparer.Ordinal);

    // By the uid of the resource a Secret belongs to.
    private readonly ConcurrentDictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private long _swept = time.GetTimestamp();

    /// <summary>How many writes are kept that the watch has not shown.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _written.Count;
            }
        }
    }

    /// <summary>
    /// Keeps what the server answered to a patch of ours. Once an answer showed a change that was not ours, nothing counts as an
    /// echo until the watch has caught up: somebody else's change has a revision between ours.
    /// </summary>
    /// <param name="isAllOurs">True when the answer differs from what the patch was based on by nothing but the patch.</param>
    public void Remember(AddonResource written, bool isAllOurs)
    {
        lock (_lock)
        {
            Sweep();
            if (_written.TryGetValue(written.Uid, out var known))
            {
                isAllOurs &= known.IsAllOurs || !IsRecent(known);
                Drop(known);
            }

            if (memory?.Take(written.Namespace, written.KeptBytes) is null)
            {
                _written[written.Uid] = new Written(written, isAllOurs, time.GetTimestamp());
            }
        }
    }

    /// <summary>The newer of what the watch shows and what we wrote.</summary>
    public AddonResource Newest(AddonResource seen)
    {
        lock (_lock)
        {
            if (!_written.TryGetValue(seen.Uid, out var written))
            {
                return seen;
            }

            if (IsRecent(written) && Compare(seen.ResourceVersion, written.Resource.ResourceVersion) < 0)
            {
                return written.Resource;
            }

            Drop(written);
            return seen;
        }
    }

    /// <summary>True when the watch shows nothing but what we wrote ourselves. What it has caught up with is forgotten.</summary>
    public bool IsEcho(AddonResource seen)
    {
        lock (_lock)
        {
            if (!_written.TryGetValue(seen.Uid, out var written))
            {
                return false;
            }

            var order = Compare(seen.ResourceVersion, written.Resource.ResourceVersion);
            if (order >= 0)
            {
                Drop(written);
            }

            return written.IsAllOurs && IsRecent(written) && order <= 0;
        }
    }

    /// <summary>Keeps which revision the resource's connection Secret has by our own last write.</summary>
    public void RememberSecret(string uid, string revision) => _secrets[uid] = revision;

    /// <summary>True when the resource's connection Secret is as we last wrote it; what this process sees first counts as such.</summary>
    public bool AcceptSecret(string uid, string revision) => _secrets.GetOrAdd(uid, revision) == revision;

    /// <summary>True when the watch shows nothing but our own write of the resource's connection Secret.</summary>
    public bool IsSecretEcho(string uid, string revision) => _secrets.TryGetValue(uid, out var written) && written == revision;

    /// <summary>The resource is gone.</summary>
    public void Forget(string uid)
    {
        _secrets.TryRemove(uid, out _);
        lock (_lock)
        {
            if (_written.TryGetValue(uid, out var written))
            {
                Drop(written);
            }
        }
    }

    private bool IsRecent(Written written) => time.GetElapsedTime(written.At) < Life;

    // What no watch will ever show would else stay for good.
    private void Sweep()
    {
        if (time.GetElapsedTime(_swept) < SweepInterval)
        {
            return;
        }

        _swept = time.GetTimestamp();
        foreach (var old in _written.Values.Where(written => !IsRecent(written)).ToList())
        {
            Drop(old);
        }
    }

    private void Drop(Written written)
    {
        _written.Remove(written.Resource.Uid);
        memory?.Force(written.Resource.Namespace, -written.Resource.KeptBytes);
    }

    // Revisions of one server are numbers that grow; anything else counts as newer unless it is the very same.
    private static int Compare(string seen, string written) =>
        ulong.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var left)
        && ulong.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : string.Equals(seen, written, StringComparison.Ordinal) ? 0 : 1;

    private sealed record Written(AddonResource Resource, bool IsAllOurs, long At);
}
