namespace CleverRemoteOperator.Queueing;

/// <summary>Keys in order of arrival within their namespace, namespaces in turns: one flooded namespace cannot hold up the others.</summary>
internal sealed class FairLane
{
    private readonly Dictionary<string, LinkedList<ReconcileKey>> _namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<ReconcileKey, LinkedListNode<ReconcileKey>> _nodes = [];
    private readonly Queue<string> _turns = new();

    public int Count => _nodes.Count;

    public void Add(ReconcileKey key)
    {
        if (!_namespaces.TryGetValue(key.Namespace, out var keys))
        {
            _namespaces[key.Namespace] = keys = new LinkedList<ReconcileKey>();
            _turns.Enqueue(key.Namespace);
        }

        _nodes[key] = keys.AddLast(key);
    }

    /// <summary>Takes a key out of turn; false when it is not here.</summary>
    public bool Remove(ReconcileKey key)
    {
        if (!_nodes.Remove(key, out var node))
        {
            return false;
        }

        node.List!.Remove(node);
        return true;
    }

    /// <summary>The next key; the lane must not be empty.</summary>
    public ReconcileKey Take()
    {
        while (true)
        {
            var turn = _turns.Dequeue();
            var keys = _namespaces[turn];
            if (keys.First is not { } first)
            {
                _namespaces.Remove(turn);
                continue;
            }

            keys.RemoveFirst();
            _nodes.Remove(first.Value);
            if (keys.Count > 0)
            {
                _turns.Enqueue(turn);
            }
            else
            {
                _namespaces.Remove(turn);
            }

            return first.Value;
        }
    }
}
