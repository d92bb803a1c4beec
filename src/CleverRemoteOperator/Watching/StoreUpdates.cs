using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Watching;

/// <summary>Brings the store up to date with what lists and watches say, and tells each difference once.</summary>
/// <param name="synced">Called when a list is complete, before the handler hears of it.</param>
/// <param name="refused">Called when there was no room for an object.</param>
internal sealed class StoreUpdates<T>(ResourceStore<T> store, Action<WatchEvent<T>> handler, Action synced, Action? refused = null)
    where T : class, INamespacedObject
{
    private HashSet<(string Namespace, string Name)>? _listed;

    /// <summary>Whether a list is under way: objects are then part of what was there, not news.</summary>
    public bool IsListing => _listed is not null;

    /// <summary>A list begins, or begins again.</summary>
    public void BeginList()
    {
        _listed = [];
        store.BeginList();
    }

    /// <summary>The list is complete: what it did not show is gone.</summary>
    public void EndList()
    {
        var listed = _listed ?? [];
        _listed = null;
        foreach (var item in store.All.Where(item => !listed.Contains((item.Namespace, item.Name))))
        {
            Remove(item.Namespace, item.Name);
        }

        store.EndList();
        synced();
        handler(new WatchEvent<T>(WatchEventType.Synced, null));
    }

    /// <summary>The object is there, as it is.</summary>
    public void Put(T item)
    {
        if (store.Get(item.Namespace, item.Name) is { } known && known.Uid != item.Uid)
        {
            Remove(known.Namespace, known.Name);
        }

        var refusals = store.Refusals;
        if (store.Put(item) && store.Get(item.Namespace, item.Name) is { } kept)
        {
            handler(new WatchEvent<T>(IsListing ? WatchEventType.Listed : WatchEventType.Applied, kept));
        }
        else if (store.Get(item.Namespace, item.Name) is { } old && old.ResourceVersion != item.ResourceVersion)
        {
            // It has grown beyond what there is room for: an old state must not pass for the present one.
            Remove(item.Namespace, item.Name);
        }

        if (store.Refusals != refusals)
        {
            refused?.Invoke();
        }

        Listed(item.Namespace, item.Name);
    }

    /// <summary>The object is gone; <paramref name="last"/> is its last state if that could be read.</summary>
    public void Remove(string @namespace, string name, T? last = null)
    {
        _listed?.Remove((@namespace, name));
        if (store.Remove(@namespace, name, out var known))
        {
            handler(new WatchEvent<T>(WatchEventType.Deleted, last ?? known));
        }
    }

    /// <summary>An object is there that cannot be read.</summary>
    public void Malformed(MalformedObjectException problem)
    {
        Listed(problem.Namespace, problem.Name);
        handler(new WatchEvent<T>(WatchEventType.Malformed, null, problem));
    }

    // Only what is kept can turn out to be gone: a server that makes names up cannot fill the memory with them.
    private void Listed(string @namespace, string name)
    {
        if (store.Get(@namespace, name) is not null)
        {
            _listed?.Add((@namespace, name));
        }
    }
}
