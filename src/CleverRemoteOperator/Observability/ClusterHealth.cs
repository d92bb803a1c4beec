namespace CleverRemoteOperator.Observability;

/// <summary>The state of one cluster, reported by its supervisor. Disposing it removes the cluster from the pages.</summary>
internal sealed class ClusterHealth : IDisposable
{
    private readonly OperatorHealth _owner;
    private readonly Func<IReadOnlyList<ResourceCount>> _resources;
    private readonly Lock _lock = new();
    private ClusterState _state = ClusterState.Connecting;
    private DateTimeOffset _since;
    private string? _lastError;
    private DateTimeOffset? _lastErrorAt;

    internal ClusterHealth(string name, OperatorHealth owner, Func<IReadOnlyList<ResourceCount>> resources)
    {
        Name = name;
        _owner = owner;
        _resources = resources;
        _since = owner.Now;
    }

    public string Name { get; }

    /// <summary>Reports the state; "since" changes only with the state.</summary>
    /// <param name="error">Why. Shortened and redacted here, so an exception's message may be passed as it is.</param>
    /// <returns>True when the state changed.</returns>
    public bool Report(ClusterState state, string? error = null)
    {
        lock (_lock)
        {
            if (error is not null)
            {
                _lastError = _owner.Clean(error);
                _lastErrorAt = _owner.Now;
            }

            if (_state == state)
            {
                return false;
            }

            _state = state;
            _since = _owner.Now;
            return true;
        }
    }

    /// <summary>The cluster as it is now.</summary>
    public ClusterSnapshot Snapshot()
    {
        var resources = _resources();
        lock (_lock)
        {
            return new ClusterSnapshot(Name, _state, _since, _lastError, _lastErrorAt, resources);
        }
    }

    public void Dispose() => _owner.Remove(this);
}
