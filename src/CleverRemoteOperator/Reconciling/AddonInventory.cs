using System.Collections.Concurrent;

namespace CleverRemoteOperator.Reconciling;

/// <summary>
/// Which add-ons were seen under which name, shared by all resources and clusters an account serves: what a pass created or found
/// itself counts for a period, and after that one list call renews all instead of one look-up a resource.
/// Absence here proves nothing; look live before acting on it.
/// </summary>
/// <param name="period">How long a sighting counts.</param>
internal sealed class AddonInventory(TimeProvider time, TimeSpan period)
{
    // Credentials that are renewed every hour must not leave what was seen with each of them behind.
    private static readonly TimeSpan ShortestIdle = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Account, string Organisation), Account> _accounts = new();

    /// <summary>How many accounts and organisations are remembered.</summary>
    public int Count => _accounts.Count;

    /// <summary>True when the add-on was seen under this name within the period, by the shared list if need be.</summary>
    public async Task<bool> ContainsAsync(Placement placement, string addonId, string addonName, CancellationToken token)
    {
        var account = Of(placement);
        if (!account.Has(addonId, addonName))
        {
            Sweep();
            await account.ListAsync(placement).WaitAsync(token);
        }

        return account.Has(addonId, addonName);
    }

    /// <summary>True when an add-on of this name was seen within the period, by the shared list if need be; false proves nothing.</summary>
    public async Task<bool> ContainsNameAsync(Placement placement, string addonName, CancellationToken token)
    {
        var account = Of(placement);
        Sweep();
        await account.ListAsync(placement).WaitAsync(token);
        return account.HasName(addonName);
    }

    /// <summary>Notes an add-on that was just created, or found live.</summary>
    public void Add(Placement placement, string addonId, string addonName) => Of(placement).Saw(addonId, addonName);

    private Account Of(Placement placement)
    {
        var account = _accounts.GetOrAdd((placement.Credentials.Credentials.Fingerprint, placement.Organisation), _ => new Account(time, period));
        account.UsedAt = time.GetTimestamp();
        return account;
    }

    private void Sweep()
    {
        var idle = period * 2 > ShortestIdle ? period * 2 : ShortestIdle;
        foreach (var account in _accounts.Where(account => time.GetElapsedTime(account.Value.UsedAt) > idle))
        {
            _accounts.TryRemove(account);
        }
    }

    /// <summary>Add-ons of one organisation as one account sees them.</summary>
    private sealed class Account(TimeProvider time, TimeSpan period)
    {
        private readonly Lock _lock = new();
        private ConcurrentDictionary<string, (string Name, long At)> _seen = new(StringComparer.Ordinal);
        private Task _listing = Task.CompletedTask;
        private long? _listed;
        private HashSet<string>? _names;

        /// <summary>Timestamp of the last time somebody asked.</summary>
        public long UsedAt { get; set; }

        public bool Has(string id, string name) =>
            _seen.TryGetValue(id, out var seen) && time.GetElapsedTime(seen.At) <= period
            && string.Equals(seen.Name, name, StringComparison.OrdinalIgnoreCase);

        /// <summary>True when one of that name was seen; the names are put in order only when somebody asks.</summary>
        public bool HasName(string name)
        {
            lock (_lock)
            {
                return (_names ??= new(_seen.Values.Select(seen => seen.Name), StringComparer.OrdinalIgnoreCase)).Contains(name);
            }
        }

        public void Saw(string id, string name)
        {
            _seen[id] = (name, time.GetTimestamp());
            lock (_lock)
            {
                _names?.Add(name);
            }
        }

        /// <summary>One list for all who ask while it runs; none while the last one is young enough.</summary>
        public Task ListAsync(Placement placement)
        {
            lock (_lock)
            {
                return _listing is { IsCompleted: false } || (_listed is { } at && time.GetElapsedTime(at) <= period)
                    ? _listing
                    : _listing = RunAsync(placement);
            }
        }

        // Outlives any caller that gives up: others wait for the same list.
        private async Task RunAsync(Placement placement)
        {
            var started = time.GetTimestamp();
            var addons = await placement.Api.ListAddonsAsync(placement.Organisation, CancellationToken.None);
            var before = _seen;
            var now = new ConcurrentDictionary<string, (string, long)>(
                addons.Select(addon => KeyValuePair.Create(addon.Id, (addon.Name ?? "", started))), StringComparer.Ordinal);

            // A list may be late: what was created while it ran, or seconds before, is not lost by it.
            foreach (var young in before.Where(entry => time.GetElapsedTime(entry.Value.At) < TimeSpan.FromMinutes(1)))
            {
                now.TryAdd(young.Key, young.Value);
            }

            lock (_lock)
            {
                (_seen, _names, _listed) = (now, null, started);
            }
        }
    }
}
