using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Watching;

/// <summary>
/// The latest known state of each object of one watch. Reading takes no lock; only the watch writes.
/// It is bounded: a namespace that is flooded, or a server that invents objects, cannot fill the process's memory.
/// </summary>
/// <param name="perNamespace">How many objects of one namespace are kept. Default 20 000.</param>
/// <param name="inAll">How many are kept in all. Default 100 000.</param>
/// <param name="memory">The cluster's share of memory; null = as much as there is.</param>
/// <param name="smaller">Gives a known object with less of it, for when it has grown and there is no room. Default: it is kept no more.</param>
internal sealed class ResourceStore<T>(
    int perNamespace = 20_000, int inAll = 100_000, MemoryShare? memory = null, Func<T, IEnumerable<T>>? smaller = null)
    where T : class, INamespacedObject
{
    // From so many namespaces on that lack something, all count as such: a server may make names up.
    private const int MostIncomplete = 100;

    private readonly ConcurrentDictionary<(string Namespace, string Name), T> _objects = new();
    private readonly UidIndex<T> _byUid = new();
    private readonly ConcurrentDictionary<string, ImmutableHashSet<string>> _names = new(StringComparer.Ordinal);
    private (string Namespace, int Bytes)? _refused;
    private string? _refusedInList;
    private volatile FrozenSet<string> _incomplete = [];
    private HashSet<string> _incompleteInList = [];
    private long _refusals;

    public int Count => _objects.Count;

    /// <summary>All objects, while they may change: each at most once, in no order.</summary>
    public IEnumerable<T> All => _objects.Select(entry => entry.Value);

    /// <summary>Those of one namespace, while they may change.</summary>
    public IEnumerable<T> In(string @namespace) => Names(@namespace).Select(name => Get(@namespace, name)).OfType<T>();

    /// <summary>Why not all there is is kept; null when it is, as far as is known. A list that breaks off leaves it as it was.</summary>
    public string? Problem { get; private set; }

    /// <summary>How often an object was not kept, or not whole, for lack of room.</summary>
    public long Refusals => Interlocked.Read(ref _refusals);

    /// <summary>True when something was refused and there is room by now: a new list shows it.</summary>
    public bool HasRoomAgain => _refused is { } refused && HasPlace(refused.Namespace) && memory?.HasRoom(refused.Namespace, refused.Bytes) != false;

    /// <summary>Whether all there is in the namespace is kept, as far as is known.</summary>
    public bool IsComplete(string @namespace) => _incomplete is var incomplete && incomplete.Count < MostIncomplete && !incomplete.Contains(@namespace);

    /// <summary>The object of that name; null when there is none.</summary>
    public T? Get(string @namespace, string name) => _objects.GetValueOrDefault((@namespace, name));

    /// <summary>The object of that uid; null when there is none.</summary>
    public T? GetByUid(string uid) => _byUid.Any(uid);

    /// <summary>At most <paramref name="most"/> objects of that uid other than the one of that name.</summary>
    public IReadOnlyList<T> OthersByUid(string uid, string @namespace, string name, int most) => _byUid.Others(uid, @namespace, name, most);

    /// <summary>A list begins: what was refused before will be shown again.</summary>
    public void BeginList() => (_refusedInList, _incompleteInList) = (null, []);

    /// <summary>The list is complete: only what it showed counts.</summary>
    public void EndList()
    {
        Problem = _refusedInList;
        _incomplete = _incompleteInList.ToFrozenSet(StringComparer.Ordinal);
        _refused = Problem is null ? null : _refused;
    }

    /// <summary>Keeps the object; false when this very revision was there already, or there is no room for it: <see cref="Get"/> tells which.</summary>
    public bool Put(T item)
    {
        var known = Get(item.Namespace, item.Name);
        if (known is not null && known.Uid == item.Uid && known.ResourceVersion == item.ResourceVersion && known.KeptBytes == item.KeptBytes)
        {
            return false;
        }

        if (known is not null && known.Uid != item.Uid)
        {
            Remove(known.Namespace, known.Name, out _);
            known = null;
        }

        if (Fit(item, known) is not { } kept)
        {
            return false;
        }

        if (known is null)
        {
            _names[kept.Namespace] = Names(kept.Namespace).Add(kept.Name);
        }

        _objects[(kept.Namespace, kept.Name)] = kept;
        _byUid.Put(kept);
        return known is null || known.ResourceVersion != kept.ResourceVersion || known.KeptBytes != kept.KeptBytes;
    }

    /// <summary>Forgets the object; false when it was not there.</summary>
    public bool Remove(string @namespace, string name, [NotNullWhen(true)] out T? removed)
    {
        if (!_objects.TryRemove((@namespace, name), out removed))
        {
            return false;
        }

        if (Names(@namespace).Remove(name) is { IsEmpty: false } others)
        {
            _names[@namespace] = others;
        }
        else
        {
            _names.TryRemove(@namespace, out _);
        }

        _byUid.Remove(removed);
        memory?.Force(@namespace, -removed.KeptBytes);
        return true;
    }

    /// <summary>The watch has ended for good: what is kept counts no more.</summary>
    public void Release()
    {
        foreach (var item in All)
        {
            Remove(item.Namespace, item.Name, out _);
        }
    }

    // The object, or as much of it as there is room for; its bytes are taken then. Null when nothing of it may be kept.
    private T? Fit(T item, T? known)
    {
        if (known is null && !HasPlace(item.Namespace))
        {
            Refuse(item, Count >= inAll
                ? $"OverShare: there are more than {inAll} objects; the rest is not served"
                : $"OverShare: namespace {item.Namespace} has more than {perNamespace} objects; the rest is not served");
            return null;
        }

        var before = known?.KeptBytes ?? 0;
        if (memory?.Take(item.Namespace, item.KeptBytes - before) is not { } problem)
        {
            return item;
        }

        Refuse(item, problem);
        if (known is null)
        {
            return null;
        }

        T? last = null;
        foreach (var less in smaller?.Invoke(item) ?? [])
        {
            last = less;
            if (memory.Take(item.Namespace, less.KeptBytes - before) is null)
            {
                return less;
            }
        }

        if (last is null || last.KeptBytes > before)
        {
            return null;
        }

        // What is known has had room for as much as that.
        memory.Force(item.Namespace, last.KeptBytes - before);
        return last;
    }

    private void Refuse(T item, string problem)
    {
        Interlocked.Increment(ref _refusals);
        _refused = (item.Namespace, item.KeptBytes);
        if (_incompleteInList.Count < MostIncomplete)
        {
            _incompleteInList.Add(item.Namespace);
        }

        if (_incomplete.Count < MostIncomplete && !_incomplete.Contains(item.Namespace))
        {
            _incomplete = _incomplete.Append(item.Namespace).ToFrozenSet(StringComparer.Ordinal);
        }

        Problem ??= problem;
        _refusedInList ??= problem;
    }

    private bool HasPlace(string @namespace) => Count < inAll && Names(@namespace).Count < perNamespace;

    private ImmutableHashSet<string> Names(string @namespace) => _names.GetValueOrDefault(@namespace, []);
}
