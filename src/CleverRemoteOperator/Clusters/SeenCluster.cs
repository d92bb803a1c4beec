namespace CleverRemoteOperator.Clusters;

/// <summary>The uids of one cluster's resources, as last seen.</summary>
internal sealed class SeenCluster(TimeProvider time)
{
    // How long a list of a cluster that another instance serves is valid.
    private static readonly TimeSpan ListLife = TimeSpan.FromMinutes(5);

    private HashSet<Guid> _last = [];
    private ClusterResources? _live;
    private bool _isSeen;
    private long? _listedAt;

    /// <summary>The cluster as it is configured now.</summary>
    public ClusterDefinition Definition { get; set; } = null!;

    /// <summary>Its resources while it is served here and all of them are known; null otherwise.</summary>
    public ClusterResources? Complete => IsLiveComplete() ? _live : null;

    /// <summary>Unknown resources are asked for. Only a cluster that another instance serves is listed for that.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>Whether it has a resource of that uid, as far as is known.</summary>
    public bool Has(string uid, Guid id) => _live?.Has(uid) == true || (_last.Contains(id) && !IsLiveComplete());

    /// <summary>Whether all its resources are known; if not, they are asked for.</summary>
    public bool IsKnown()
    {
        var isKnown = IsLiveComplete() || (_isSeen && (_listedAt is not { } at || time.GetElapsedTime(at) < ListLife));
        IsAsked |= !isKnown;
        return isKnown;
    }

    public void Serve(ClusterResources resources) => (_live, _listedAt, IsAsked) = (resources, null, false);

    public void Stop()
    {
        if (_live is { } live)
        {
            _last = [.. IsLiveComplete() ? [] : _last, .. Read(live.Uids)];
            _live = null;
        }
    }

    public void Listed(IEnumerable<string> uids) => (_last, _isSeen, _listedAt, IsAsked) = ([.. Read(uids)], true, time.GetTimestamp(), false);

    private static IEnumerable<Guid> Read(IEnumerable<string> uids) => uids.Select(uid => Guid.TryParseExact(uid, "D", out var id) ? id : Guid.Empty);

    private bool IsLiveComplete()
    {
        var isComplete = _live?.IsComplete == true;
        _isSeen |= isComplete;
        return isComplete;
    }
}
