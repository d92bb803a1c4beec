using System.Collections.Concurrent;
using CleverRemoteOperator.CleverCloud;

namespace CleverRemoteOperator.Reconciling;

/// <summary>
/// The add-ons of each organisation as last listed, shared by all resources and clusters it serves: one list call a period
/// instead of one look-up a resource. Absence in it proves nothing; look live before acting on that.
/// </summary>
/// <param name="period">How old a list may be.</param>
internal sealed class AddonInventory(TimeProvider time, TimeSpan period)
{
    private readonly ConcurrentDictionary<(string Account, string Organisation), Listing> _listings = new();

    /// <summary>True when the last list shows the add-on under this name, without regard to case.</summary>
    public async Task<bool> ContainsAsync(Placement placement, string addonId, string addonName, CancellationToken token)
    {
        var key = (placement.Credentials.Credentials.Fingerprint, placement.Organisation);
        while (true)
        {
            var listing = _listings.GetOrAdd(key, _ => new Listing(time.GetTimestamp(), placement));
            if (time.GetElapsedTime(listing.Started) > period || listing.HasFailed)
            {
                _listings.TryRemove(KeyValuePair.Create(key, listing));
                continue;
            }

            var names = await listing.Names.WaitAsync(token);
            return names.TryGetValue(addonId, out var name) && string.Equals(name, addonName, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Enters an add-on that was created or found live after the list.</summary>
    public void Add(Placement placement, CleverAddon addon)
    {
        if (_listings.TryGetValue((placement.Credentials.Credentials.Fingerprint, placement.Organisation), out var listing)
            && listing.Names.IsCompletedSuccessfully)
        {
            listing.Names.Result[addon.Id] = addon.Name ?? "";
        }
    }

    // Lazy: of several callers that race for the same list only one may ask for it, and it outlives any caller that gives up.
    private sealed class Listing(long started, Placement placement)
    {
        private readonly Lazy<Task<ConcurrentDictionary<string, string>>> _names = new(() => ListAsync(placement));

        public long Started { get; } = started;

        public Task<ConcurrentDictionary<string, string>> Names => _names.Value;

        public bool HasFailed => _names.IsValueCreated && (_names.Value.IsFaulted || _names.Value.IsCanceled);

        private static async Task<ConcurrentDictionary<string, string>> ListAsync(Placement placement)
        {
            var addons = await placement.Api.ListAddonsAsync(placement.Organisation, CancellationToken.None);
            return new ConcurrentDictionary<string, string>(
                addons.Select(addon => KeyValuePair.Create(addon.Id, addon.Name ?? "")), StringComparer.Ordinal);
        }
    }
}
