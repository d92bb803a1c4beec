using System.Collections.Concurrent;
using CleverRemoteOperator.CleverCloud;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>
/// Which add-ons were seen under which name, shared by all resources and clusters an account serves: what a pass created or found
/// itself counts for a period, and after that one list call renews all instead of one look-up a resource.
/// Absence here proves nothing; look live before acting on it.
/// </summary>
/// <param name="period">How long what was seen counts.</param>
internal sealed class AddonInventory(TimeProvider time, TimeSpan period)
{
    // Credentials that are renewed every hour must not leave what was seen with each of them behind.
    private static readonly TimeSpan ShortestIdle = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Account, string Organisation), ListedAddons> _places = new();

    /// <summary>How many accounts and organisations are remembered.</summary>
    public int Count => _places.Count;

    /// <summary>True when the add-on was seen within the period as it counts, by the shared list if need be.</summary>
    public async Task<bool> ContainsAsync(Account account, string addonId, Func<ListedAddon, bool> isRight, CancellationToken token)
    {
        var place = Of(account);
        if (!place.Has(addonId, isRight))
        {
            Sweep();
            await place.ListAsync(account).WaitAsync(token);
        }

        return place.Has(addonId, isRight);
    }

    /// <summary>True when an add-on was seen whose name tells this uid, by the shared list if need be; false proves nothing.</summary>
    public async Task<bool> ContainsUidAsync(Account account, string uid, CancellationToken token)
    {
        var place = Of(account);
        Sweep();
        await place.ListAsync(account).WaitAsync(token);
        return place.HasUid(uid);
    }

    /// <summary>Notes an add-on that was just created, renamed, or found live.</summary>
    public void Add(Account account, CleverAddon addon, string name) => Of(account).Saw(addon.Id, ListedAddon.Of(addon, name));

    /// <summary>Notes that a resource counts on an add-on: so that it is seen how many are missing at once.</summary>
    public void Expect(Account account, string uid, string addonId) => Of(account).Expect(uid, addonId);

    /// <summary>Notes a list that somebody read live.</summary>
    public void Listed(Account account, IReadOnlyList<CleverAddon> addons) => Of(account).Listed(addons, time.GetTimestamp());

    /// <summary>True while so many expected add-ons are missing from the list, and not long enough, that the list is not believed.</summary>
    public bool IsDoubted(Account account) => Of(account).IsDoubted;

    /// <summary>How many organisations' lists are doubted.</summary>
    public int DoubtedCount => _places.Values.Count(place => place.IsDoubted);

    /// <summary>The resource is gone, and counts on nothing any more.</summary>
    public void Forget(string uid)
    {
        foreach (var place in _places.Values)
        {
            place.ExpectNothing(uid);
        }
    }

    private ListedAddons Of(Account account)
    {
        var place = _places.GetOrAdd((account.Credentials.Credentials.Fingerprint, account.Organisation), _ => new ListedAddons(time, period));
        place.UsedAt = time.GetTimestamp();
        return place;
    }

    private void Sweep()
    {
        var idle = period * 2 > ShortestIdle ? period * 2 : ShortestIdle;
        foreach (var place in _places.Where(place => time.GetElapsedTime(place.Value.UsedAt) > idle))
        {
            _places.TryRemove(place);
        }
    }
}
