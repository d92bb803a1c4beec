using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Watching;

/// <summary>
/// The latest known state of each object of one watch. Reading takes no lock; only the watch writes.
/// It is bounded: a namespace that is flooded, or a server that invents objects, cannot fill the process's memory.
/// </summary>
/// <param name="perNamespace">How many objects of one namespace are kept. Default 20 000.</param>
/// <param name="inAll">How many are kept in all. Default 100 000.</param>
internal sealed class ResourceStore<T>(int perNamespace = 20_000, int inAll = 100_000)
    where T : class, INamespacedObject
{
    private readonly ConcurrentDictionary<(string Namespace, string Name), T> _objects = new();
    private readonly UidIndex<T> _byUid = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private string? _refusedIn;

    public int Count => _objects.Count;

    /// <summary>All objects, while they may change: each at most once, in no order.</summary>
    public IEnumerable<T> All => _objects.Select(entry => entry.Value);

    /// <summary>Why not all there is was kept since the list began; null when it was.</summary>
    public string? Problem { get; private set; }

    /// <summary>True when something was refused and there is room by now: a new list shows it.</summary>
    public bool HasRoomAgain => _refusedIn is { } @namespace && HasRoom(@namespace);

    /// <summary>The object of that name; null when there is none.</summary>
    public T? Get(string @namespace, string name) => _objects.GetValueOrDefault((@namespace, name));

    /// <summary>The object of that uid; null when there is none.</summary>
    public T? GetByUid(string uid) => _byUid.Any(uid);

    /// <summary>At most <paramref name="most"/> objects of that uid other than the one of that name.</summary>
    public IReadOnlyList<T> OthersByUid(string uid, string @namespace, string name, int most) => _byUid.Others(uid, @namespace, name, most);

    /// <summary>A list begins: what was refused before will be shown again.</summary>
    public void BeginList() => (Problem, _refusedIn) = (null, null);

    /// <summary>Keeps the object; false when this very revision was there already, or there is no room for it.</summary>
    public bool Put(T item)
    {
        var known = Get(item.Namespace, item.Name);
        if (known is null && !HasRoom(item.Namespace))
        {
            _refusedIn = item.Namespace;
            Problem = Count >= inAll
                ? $"there are more than {inAll} objects; those beyond are not served"
                : $"namespace {item.Namespace} has more than {perNamespace} objects; those beyond are not served";
            return false;
        }

        if (known is not null && known.Uid == item.Uid && known.ResourceVersion == item.ResourceVersion)
        {
            return false;
        }

        if (known is null)
        {
            _counts[item.Namespace] = _counts.GetValueOrDefault(item.Namespace) + 1;
        }
        else if (known.Uid != item.Uid)
        {
            _byUid.Remove(known);
        }

        _objects[(item.Namespace, item.Name)] = item;
        _byUid.Put(item);
        return true;
    }

    /// <summary>Forgets the object; false when it was not there.</summary>
    public bool Remove(string @namespace, string name, [NotNullWhen(true)] out T? removed)
    {
        if (!_objects.TryRemove((@namespace, name), out removed))
        {
            return false;
        }

        if (--_counts[@namespace] == 0)
        {
            _counts.Remove(@namespace);
        }

        _byUid.Remove(removed);
        return true;
    }

    private bool HasRoom(string @namespace) => Count < inAll && _counts.GetValueOrDefault(@namespace) < perNamespace;
}
