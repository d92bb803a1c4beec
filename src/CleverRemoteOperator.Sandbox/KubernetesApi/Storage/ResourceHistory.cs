namespace CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

/// <summary>The objects of one resource now, and its last changes. Guarded by the store's lock.</summary>
internal sealed class ResourceHistory(int capacity, long firstRevision)
{
    private readonly Queue<(StoreEvent Event, ObjectSet After)> _events = new();
    private ObjectSet _oldest = ObjectSet.Empty;

    public ObjectSet Current { get; private set; } = ObjectSet.Empty;

    /// <summary>The oldest revision a watch can resume from, or a list be read at.</summary>
    public long Oldest { get; private set; } = firstRevision;

    public void Append(StoreEvent change, ObjectSet after)
    {
        Current = after;
        _events.Enqueue((change, after));
        Trim(capacity);
    }

    public void Forget(long now)
    {
        Trim(0);
        Oldest = Math.Max(Oldest, now);
    }

    /// <summary>The changes after a revision, or null when they are no longer all known.</summary>
    public IReadOnlyList<StoreEvent>? Since(long revision) =>
        revision < Oldest ? null : [.. _events.Where(entry => entry.Event.Revision > revision).Select(entry => entry.Event)];

    /// <summary>The objects as they were at a revision, or null when that is no longer known.</summary>
    public ObjectSet? At(long revision)
    {
        if (revision < Oldest)
        {
            return null;
        }

        var found = _oldest;
        foreach ((var change, var after) in _events)
        {
            if (change.Revision > revision)
            {
                break;
            }

            found = after;
        }

        return found;
    }

    private void Trim(int size)
    {
        while (_events.Count > size)
        {
            (var change, var after) = _events.Dequeue();
            Oldest = change.Revision;
            _oldest = after;
        }
    }
}
