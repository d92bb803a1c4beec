namespace CleverRemoteOperator.Queueing;

/// <summary>Keys in order of arrival within their namespace, namespaces in turns: one flooded namespace cannot hold up the others.</summary>
internal sealed class FairLane
{
    private readonly Dictionary<string, LinkedListNode<Turn>> _namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<ReconcileKey, LinkedListNode<ReconcileKey>> _nodes = [];
    private readonly LinkedList<Turn> _turns = new();

    public int Count => _nodes.Count;

    public void Add(ReconcileKey key)
    {
        if (!_namespaces.TryGetValue(key.Namespace, out var turn))
        {
            _namespaces[key.Namespace] = turn = _turns.AddLast(new Turn(key.Namespace, new LinkedList<ReconcileKey>()));
        }

        _nodes[key] = turn.Value.Keys.AddLast(key);
    }

    /// <summary>Removes a key; false when it is not in the lane.</summary>
    public bool Remove(ReconcileKey key)
    {
        if (!_nodes.Remove(key, out var node))
        {
            return false;
        }

        node.List!.Remove(node);
        if (_namespaces[key.Namespace] is { Value.Keys.Count: 0 } turn)
        {
            _turns.Remove(turn);
            _namespaces.Remove(key.Namespace);
        }

        return true;
    }

    /// <summary>The next key; the lane must not be empty.</summary>
    public ReconcileKey Take()
    {
        var turn = _turns.First!;
        var key = turn.Value.Keys.First!.Value;
        _turns.RemoveFirst();
        _turns.AddLast(turn);
        Remove(key);
        return key;
    }

    private readonly record struct Turn(string Namespace, LinkedList<ReconcileKey> Keys);
}
