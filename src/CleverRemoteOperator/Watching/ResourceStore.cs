using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Watching;

/// <summary>The latest known state of each object of one watch. Reading takes no lock; only the watch writes.</summary>
internal sealed class ResourceStore<T>
    where T : class, INamespacedObject
{
    private readonly ConcurrentDictionary<(string Namespace, string Name), T> _objects = new();
    private readonly ConcurrentDictionary<string, T> _byUid = new(StringComparer.Ordinal);

    public int Count => _objects.Count;

    /// <summary>All objects, while they may change: each at most once, in no order.</summary>
    public IEnumerable<T> All => _objects.Select(entry => entry.Value);

    /// <summary>The object of that name; null when there is none.</summary>
    public T? Get(string @namespace, string name) => _objects.GetValueOrDefault((@namespace, name));

    /// <summary>The object of that uid; null when there is none.</summary>
    public T? GetByUid(string uid) => _byUid.GetValueOrDefault(uid);

    /// <summary>Keeps the object; false when this very revision was there already.</summary>
    public bool Put(T item)
    {
        var known = Get(item.Namespace, item.Name);
        if (known is not null && known.Uid == item.Uid && known.ResourceVersion == item.ResourceVersion)
        {
            return false;
        }

        if (known is not null && known.Uid != item.Uid)
        {
            _byUid.TryRemove(known.Uid, out _);
        }

        _objects[(item.Namespace, item.Name)] = item;
        _byUid[item.Uid] = item;
        return true;
    }

    /// <summary>Forgets the object; false when it was not there.</summary>
    public bool Remove(string @namespace, string name, [NotNullWhen(true)] out T? removed)
    {
        if (!_objects.TryRemove((@namespace, name), out removed))
        {
            return false;
        }

        _byUid.TryRemove(removed.Uid, out _);
        return true;
    }
}
