using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

/// <summary>All objects of one cluster with one revision counter, as etcd keeps them: compare-and-swap writes, snapshots, history.</summary>
internal sealed class ObjectStore(int historySize)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ResourceHistory> _resources = new(StringComparer.Ordinal);
    private readonly SubscriptionTable _subscriptions = new();
    private readonly ObjectIndex _index = new();
    private long _revision = 1;
    private long _forgotten;

    public long Revision
    {
        get
        {
            lock (_gate)
            {
                return _revision;
            }
        }
    }

    /// <summary>All objects of a resource now, with the revision of that moment.</summary>
    public (ObjectSet Objects, long Revision) Snapshot(string storage)
    {
        lock (_gate)
        {
            return (Resource(storage).Current, _revision);
        }
    }

    /// <summary>All objects of a resource as they were at a revision, or null when that is no longer known.</summary>
    public ObjectSet? At(string storage, long revision)
    {
        lock (_gate)
        {
            return Resource(storage).At(revision);
        }
    }

    public StoredObject? Find(string storage, string ns, string name)
    {
        lock (_gate)
        {
            return Resource(storage).Current.Find(ns, name);
        }
    }

    public StoredObject? FindUid(string uid)
    {
        lock (_gate)
        {
            return _index.Find(uid);
        }
    }

    /// <summary>The objects that name this one as an owner.</summary>
    public IReadOnlyList<StoredObject> Dependents(string ownerUid)
    {
        lock (_gate)
        {
            return _index.Dependents(ownerUid);
        }
    }

    /// <summary>Puts a new object in; null when one of that name is there already.</summary>
    public StoredObject? Create(string storage, JsonObject source, IReadOnlyDictionary<string, string> fields)
    {
        lock (_gate)
        {
            var resource = Resource(storage);
            var added = StoredObject.From(storage, source, _revision + 1, fields);
            return resource.Current.Find(added.Namespace, added.Name) is null ? Commit(StoreEventType.Added, added, null) : null;
        }
    }

    /// <summary>Puts a new state in place of the expected one; null when the object has changed or gone meanwhile.</summary>
    public StoredObject? Replace(StoredObject expected, JsonObject next, IReadOnlyDictionary<string, string> fields)
    {
        lock (_gate)
        {
            return IsCurrent(expected)
                ? Commit(StoreEventType.Modified, StoredObject.From(expected.Storage, next, _revision + 1, fields), expected)
                : null;
        }
    }

    /// <summary>Takes the object out, telling watches its last state; false when it has changed or gone meanwhile.</summary>
    public bool Remove(StoredObject expected, JsonObject last)
    {
        lock (_gate)
        {
            return IsCurrent(expected)
                && Commit(StoreEventType.Deleted, StoredObject.From(expected.Storage, last, _revision + 1, expected.Fields), expected) is not null;
        }
    }

    /// <summary>Starts reading changes now, beginning with those after a revision where one is given.</summary>
    public WatchStart Subscribe(string storage, string? ns, bool bookmarks, long? since)
    {
        lock (_gate)
        {
            var resource = Resource(storage);
            if ((since is { } revision ? resource.Since(revision) : []) is not { } missed)
            {
                return new(null, resource.Current, _revision, resource.Oldest);
            }

            Subscription subscription = new(storage, ns, bookmarks);
            foreach (var change in missed)
            {
                subscription.Offer(change);
            }

            _subscriptions.Add(subscription);
            return new(subscription, resource.Current, _revision, resource.Oldest);
        }
    }

    public Subscription SubscribeToEverything()
    {
        lock (_gate)
        {
            Subscription subscription = new(null, null, bookmarks: false);
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>Ends one subscription, with a last bookmark where that is asked for.</summary>
    public void Unsubscribe(Subscription subscription, bool bookmark = false)
    {
        lock (_gate)
        {
            if (bookmark)
            {
                subscription.Offer(new(StoreEventType.Bookmark, _revision, null, null));
            }

            _subscriptions.Remove(subscription);
        }

        subscription.End();
    }

    /// <summary>How many watches are open now.</summary>
    public int OpenWatches
    {
        get
        {
            lock (_gate)
            {
                return _subscriptions.Watches(null).Count();
            }
        }
    }

    /// <summary>Ends the watches of one resource, or of all.</summary>
    public void EndWatches(string? storage = null)
    {
        Subscription[] ending;
        lock (_gate)
        {
            ending = [.. _subscriptions.Watches(storage)];
        }

        foreach (var subscription in ending)
        {
            Unsubscribe(subscription);
        }
    }

    /// <summary>Gives each watch that wants bookmarks one with the present revision.</summary>
    public void Bookmark()
    {
        lock (_gate)
        {
            _subscriptions.Offer(new(StoreEventType.Bookmark, _revision, null, null));
        }
    }

    /// <summary>Drops the history, so that every older revision has expired.</summary>
    public void ForgetHistory()
    {
        lock (_gate)
        {
            _forgotten = ++_revision;
            foreach (var resource in _resources.Values)
            {
                resource.Forget(_revision);
            }
        }
    }

    private ResourceHistory Resource(string storage)
    {
        if (!_resources.TryGetValue(storage, out var resource))
        {
            _resources[storage] = resource = new(historySize, _forgotten);
        }

        return resource;
    }

    private bool IsCurrent(StoredObject expected) =>
        ReferenceEquals(Resource(expected.Storage).Current.Find(expected.Namespace, expected.Name), expected);

    private StoredObject Commit(StoreEventType type, StoredObject next, StoredObject? previous)
    {
        _revision++;
        var resource = Resource(next.Storage);
        var gone = type == StoreEventType.Deleted;
        StoreEvent change = new(type, _revision, next, previous);
        resource.Append(change, gone ? resource.Current.Without(next) : resource.Current.With(next));
        _index.Change(previous, gone ? null : next);
        _subscriptions.Offer(change);
        return next;
    }
}
