using System.Collections.Concurrent;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>Add-ons of one organisation as one account sees them, and those that resources count on.</summary>
internal sealed class ListedAddons(TimeProvider time, TimeSpan period)
{
    // An organisation that loses more than these at once has a broken list more likely than a bad day.
    private const int FewMissing = 5;
    private static readonly TimeSpan DoubtedFor = TimeSpan.FromMinutes(30);

    // A list may be late: what was created while it ran, or seconds before, is not lost by it.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, string> _expected = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, (ListedAddon Addon, long At)> _seen = new(StringComparer.Ordinal);
    private Task _listing = Task.CompletedTask;
    private long? _listed;
    private long? _doubtedSince;
    private HashSet<string>? _uids;

    /// <summary>Timestamp of the last time somebody asked.</summary>
    public long UsedAt { get; set; }

    /// <summary>True while too much is missing, and not long enough.</summary>
    public bool IsDoubted
    {
        get
        {
            lock (_lock)
            {
                Doubt();
                return _doubtedSince is { } since && time.GetElapsedTime(since) < DoubtedFor;
            }
        }
    }

    public bool Has(string id, Func<ListedAddon, bool> isRight) =>
        _seen.TryGetValue(id, out var seen) && time.GetElapsedTime(seen.At) <= period && isRight(seen.Addon);

    /// <summary>True when a name tells that uid; the names are read only when somebody asks.</summary>
    public bool HasUid(string uid)
    {
        lock (_lock)
        {
            return (_uids ??= new(_seen.Values.Select(seen => AddonName.Read(seen.Addon.Name)?.Uid).OfType<string>(), StringComparer.OrdinalIgnoreCase)).Contains(uid);
        }
    }

    public void Saw(string id, ListedAddon addon)
    {
        _seen[id] = (addon, time.GetTimestamp());
        lock (_lock)
        {
            if (AddonName.Read(addon.Name)?.Uid is { } uid)
            {
                _uids?.Add(uid);
            }
        }
    }

    public void Expect(string uid, string id) => _expected[uid] = id;

    public void ExpectNothing(string uid) => _expected.TryRemove(uid, out _);

    /// <summary>One list for all who ask while it runs; none while the last one is young enough.</summary>
    public Task ListAsync(Account account)
    {
        lock (_lock)
        {
            return _listing is { IsCompleted: false } || (_listed is { } at && time.GetElapsedTime(at) <= period)
                ? _listing
                : _listing = RunAsync(account);
        }
    }

    /// <summary>Takes over what a list showed.</summary>
    /// <param name="started">Timestamp of when it was asked for.</param>
    public void Listed(IReadOnlyList<CleverAddon> addons, long started)
    {
        var before = _seen;
        var now = new ConcurrentDictionary<string, (ListedAddon, long)>(
            addons.Select(addon => KeyValuePair.Create(addon.Id, (ListedAddon.Of(addon, addon.Name ?? ""), started))), StringComparer.Ordinal);
        foreach (var recent in before.Where(entry => time.GetElapsedTime(entry.Value.At) < Fresh))
        {
            now.TryAdd(recent.Key, recent.Value);
        }

        lock (_lock)
        {
            (_seen, _uids, _listed) = (now, null, started);
            Doubt();
        }
    }

    private void Doubt()
    {
        var missing = _listed is null ? 0 : _expected.Values.Count(id => !_seen.ContainsKey(id));
        _doubtedSince = missing > FewMissing && missing * 3 > _expected.Count ? _doubtedSince ?? time.GetTimestamp() : null;
    }

    // Outlives any caller that gives up: others wait for the same list.
    private async Task RunAsync(Account account)
    {
        var started = time.GetTimestamp();
        Listed(await account.Api.ListAddonsAsync(account.Organisation, CancellationToken.None), started);
    }
}

/// <summary>What is kept of an add-on of a list.</summary>
/// <param name="Place">Tells one plan and region from another.</param>
internal readonly record struct ListedAddon(string Name, int Place)
{
    public static ListedAddon Of(CleverAddon addon, string name) => new(name, PlaceOf(addon.Plan.Slug, addon.Region));

    /// <summary>A number that differs where plan or region do.</summary>
    public static int PlaceOf(string plan, string region) => HashCode.Combine(plan, region);
}
