using System.Collections.Concurrent;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

/// <summary>What a watch tells about an object.</summary>
internal enum StoreEventType
{
    Added,
    Modified,
    Deleted,
    Bookmark,
}

/// <summary>One change of the store, or a bookmark, which has no object. Its JSON lines are rendered once for all watches.</summary>
internal sealed record StoreEvent(StoreEventType Type, long Revision, StoredObject? Object, StoredObject? Previous)
{
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _lines = new(StringComparer.Ordinal);

    public ReadOnlyMemory<byte> Line(string form, Func<ReadOnlyMemory<byte>> render) => _lines.GetOrAdd(form, _ => render());
}
