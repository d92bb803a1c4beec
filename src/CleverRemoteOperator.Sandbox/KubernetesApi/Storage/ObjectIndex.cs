namespace CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

/// <summary>Finds objects by uid and by owner. Guarded by the store's lock.</summary>
internal sealed class ObjectIndex
{
    private readonly Dictionary<string, StoredObject> _byUid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _dependents = new(StringComparer.Ordinal);

    public StoredObject? Find(string uid) => _byUid.GetValueOrDefault(uid);

    public IReadOnlyList<StoredObject> Dependents(string ownerUid) => _dependents.TryGetValue(ownerUid, out var uids)
        ? [.. uids.Select(uid => _byUid.GetValueOrDefault(uid)).OfType<StoredObject>()]
        : [];

    public void Change(StoredObject? before, StoredObject? after)
    {
        if (before is not null)
        {
            _byUid.Remove(before.Uid);
            foreach (var owner in before.Owners)
            {
                if (_dependents.TryGetValue(owner.Uid, out var uids) && uids.Remove(before.Uid) && uids.Count == 0)
                {
                    _dependents.Remove(owner.Uid);
                }
            }
        }

        if (after is not null)
        {
            _byUid[after.Uid] = after;
            foreach (var owner in after.Owners)
            {
                if (!_dependents.TryGetValue(owner.Uid, out var uids))
                {
                    _dependents[owner.Uid] = uids = new(StringComparer.Ordinal);
                }

                uids.Add(after.Uid);
            }
        }
    }
}
