using System.Collections.Immutable;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

/// <summary>All objects of one resource at one moment, by namespace and name, in the order a list gives them.</summary>
internal sealed class ObjectSet
{
    private readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> _namespaces;

    private ObjectSet(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> namespaces, int count)
    {
        _namespaces = namespaces;
        Count = count;
    }

    /// <summary>Namespaces compare with their separator behind them: "a-b/" comes before "a/".</summary>
    public static ObjectSet Empty { get; } = new(
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, StoredObject>>(
            Comparer<string>.Create((left, right) => string.CompareOrdinal(left + "/", right + "/"))),
        0);

    public int Count { get; }

    public StoredObject? Find(string ns, string name) =>
        _namespaces.TryGetValue(ns, out var objects) ? objects.GetValueOrDefault(name) : null;

    /// <summary>The objects of one namespace, or of all for null.</summary>
    public IEnumerable<StoredObject> In(string? ns) => ns is null
        ? _namespaces.Values.SelectMany(objects => objects.Values)
        : _namespaces.TryGetValue(ns, out var objects) ? objects.Values : [];

    public ObjectSet With(StoredObject added)
    {
        var objects = _namespaces.GetValueOrDefault(added.Namespace)
            ?? ImmutableSortedDictionary.Create<string, StoredObject>(StringComparer.Ordinal);
        var next = objects.SetItem(added.Name, added);
        return new(_namespaces.SetItem(added.Namespace, next), Count + next.Count - objects.Count);
    }

    public ObjectSet Without(StoredObject removed)
    {
        var left = _namespaces[removed.Namespace].Remove(removed.Name);
        return new(left.IsEmpty ? _namespaces.Remove(removed.Namespace) : _namespaces.SetItem(removed.Namespace, left), Count - 1);
    }
}
