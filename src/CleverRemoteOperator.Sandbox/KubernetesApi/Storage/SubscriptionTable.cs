namespace CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

/// <summary>Who reads the changes of which resource. Guarded by the store's lock.</summary>
internal sealed class SubscriptionTable
{
    private readonly Dictionary<string, HashSet<Subscription>> _byResource = new(StringComparer.Ordinal);
    private readonly HashSet<Subscription> _ofAll = [];

    public void Add(Subscription subscription) => SetOf(subscription).Add(subscription);

    public void Remove(Subscription subscription) => SetOf(subscription).Remove(subscription);

    /// <summary>The watches of one resource, or of every one for null.</summary>
    public IEnumerable<Subscription> Watches(string? storage) => storage is null
        ? _byResource.Values.SelectMany(all => all)
        : _byResource.GetValueOrDefault(storage) ?? [];

    public void Offer(StoreEvent change)
    {
        foreach (var subscription in _ofAll.Concat(Watches(change.Object?.Storage)))
        {
            subscription.Offer(change);
        }
    }

    private HashSet<Subscription> SetOf(Subscription subscription)
    {
        if (subscription.Storage is not { } storage)
        {
            return _ofAll;
        }

        if (!_byResource.TryGetValue(storage, out var all))
        {
            _byResource[storage] = all = [];
        }

        return all;
    }
}
