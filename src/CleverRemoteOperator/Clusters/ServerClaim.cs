using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// One cluster's claim to be served, for as long as its connection lasts. It is compared with every other cluster that could have the same
/// resources, first those configured before it. While it is unknown whether two are one server, the later one waits.
/// </summary>
internal sealed class ServerClaim : IDisposable
{
    // An earlier cluster goes first from the start, but one that does not answer must not delay the others for long.
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(5);

    // How long a server that has another one's uid but cannot be compared holds up the cluster.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private const int SilencesToYield = 3;

    private readonly ClaimedServers _servers;
    private readonly ServerComparison _comparison;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _yield = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<ClusterId, long> _waitsSince = [];
    private readonly Dictionary<ClusterId, int> _silences = [];
    private volatile bool _isSettled;
    private LeaseRecord _seen = LeaseRecord.Empty;

    /// <exception cref="DuplicateClusterException">An earlier cluster has the same server.</exception>
    public ServerClaim(ClusterDefinition definition, ICluster cluster, string leaseNamespace, ClaimedServers servers, OperatorInstance instance, TimeProvider time)
    {
        (Definition, Cluster, LeaseNamespace, _servers, _time) = (definition, cluster, leaseNamespace, servers, time);
        _comparison = new ServerComparison(instance, time);
        Yielded = _yield.Token;
        servers.Enter(this);
    }

    public ClusterDefinition Definition { get; }

    public ICluster Cluster { get; }

    /// <summary>The namespace of its Lease.</summary>
    public string LeaseNamespace { get; }

    /// <summary>Cancelled when an earlier cluster turned out to have the same server: the loops must stop.</summary>
    public CancellationToken Yielded { get; }

    /// <summary>Why the cluster is not served yet; empty during the first seconds, null when it may be served.</summary>
    public string? WaitsFor { get; private set; }

    /// <summary>Identifies the server.</summary>
    public async Task IdentifyAsync(CancellationToken token) => _servers.Identify(this, await ClusterUid.ReadAsync(Cluster, _time, token));

    /// <summary>Whether the cluster may be served now, given what its Lease says at this moment. If not, ask again later.</summary>
    /// <param name="leaseUid">Null when there is no Lease.</param>
    /// <exception cref="DuplicateClusterException">Its server is an earlier cluster's.</exception>
    /// <exception cref="KubernetesApiException">Its server cannot be compared with another cluster's.</exception>
    public async Task<bool> MayBeServedAsync(string? leaseUid, LeaseRecord seen, CancellationToken token)
    {
        _seen = seen;
        _servers.Learn(this, leaseUid, seen);
        string? waits = null;
        foreach (var rival in _servers.RivalsOf(this))
        {
            waits ??= await (rival.IsEarlier ? FollowAsync(rival, token) : PrecedeAsync(rival, token));
        }

        WaitsFor = waits;
        _isSettled = waits is null;
        return _isSettled;
    }

    /// <summary>The Lease's record with what must be known about the cluster after a restart.</summary>
    public LeaseRecord Sign(LeaseRecord record) =>
        record with { Cluster = Definition.OwnerName, Original = _servers.OriginalOf(Definition.Id)?.OwnerName ?? "" };

    /// <summary>Waits for the right to compare through this connection; disposing it gives it back.</summary>
    public async Task<IDisposable> CompareInTurnAsync(CancellationToken token)
    {
        await _turn.WaitAsync(token);
        return new Turn(_turn);
    }

    /// <summary>Stops the loops.</summary>
    public void Yield() => _ = _yield.CancelAsync();

    public void Dispose() => _servers.Leave(this);

    // An earlier cluster goes first.
    private async Task<string?> FollowAsync(ServerRival rival, CancellationToken token)
    {
        var id = rival.Definition.Id;
        var isNoted = _seen.Cluster == rival.Definition.OwnerName;
        if (rival.Common is null && (!isNoted || rival.IsOther))
        {
            return !rival.IsTried && rival.Age < FirstLook && _seen.Cluster != Definition.OwnerName ? "" : null;
        }

        if (!rival.IsConfigured)
        {
            return rival.Verdict is { IsSame: false } ? null : $"waiting for {id}, which is no longer configured, to stop";
        }

        if (rival.Live is { } live && rival.Verdict?.IsOf(this, live) != true)
        {
            var comparison = await _comparison.CompareAsync(live, this, token);
            switch (comparison.Outcome)
            {
                case ComparisonOutcome.Same or ComparisonOutcome.Different:
                    return Accept(rival, new ServerVerdict(live, this, comparison.Outcome == ComparisonOutcome.Same));
                case ComparisonOutcome.LaterSilent:
                    throw Incomparable(rival, comparison);
            }
        }

        return rival.Verdict is { } verdict ? Accept(rival, verdict) : isNoted ? NotedAs(rival) : WaitPatiently(rival);
    }

    private string? Accept(ServerRival rival, ServerVerdict verdict)
    {
        _servers.Record(verdict);
        return verdict.IsSame ? throw new DuplicateClusterException(Definition, rival.Definition) : null;
    }

    private string? WaitPatiently(ServerRival rival)
    {
        var id = rival.Definition.Id;
        _waitsSince.TryAdd(id, _time.GetTimestamp());
        return _time.GetElapsedTime(_waitsSince[id]) < Patience
            ? $"checking whether it is the same server as {id}, which is configured before it: {rival.Common}"
            : null;
    }

    private string NotedAs(ServerRival rival) =>
        $"its Lease {LeaseNamespace}/{LeaseRecord.Name} says that it is the same server as {rival.Definition.Id}, which does not answer; it is served once {rival.Definition.Id} answers "
        + "and turns out to be another server, or is no longer configured, or once that Lease is deleted";

    private static KubernetesApiException Incomparable(ServerRival rival, Comparison comparison) => new(
        $"cannot tell whether it is the same server as {rival.Definition.Id} ({rival.Common}): {comparison.Failure!.Message}", comparison.Failure.Status, comparison.Failure.Reason, comparison.Failure);

    // No later cluster may be served with the same server.
    private async Task<string?> PrecedeAsync(ServerRival rival, CancellationToken token)
    {
        var id = rival.Definition.Id;
        if (rival.Common is null || rival.Live is not { } live)
        {
            return null;
        }

        if (rival.Verdict is { } verdict && verdict.IsOf(this, live))
        {
            return verdict.IsSame ? $"waiting for {id}, which has the same server, to stop" : null;
        }

        var comparison = await _comparison.CompareAsync(this, live, token);
        switch (comparison.Outcome)
        {
            case ComparisonOutcome.EarlierSilent:
                throw Incomparable(rival, comparison);
            case ComparisonOutcome.LaterSilent when !live._isSettled:
                // It is not served before it has been compared.
                return null;
            case ComparisonOutcome.LaterSilent:
                if ((_silences[id] = _silences.GetValueOrDefault(id) + 1) >= SilencesToYield)
                {
                    live.Yield();
                }

                return $"checking whether it is the same server as {id}: {rival.Common}";
            default:
                var isSame = comparison.Outcome == ComparisonOutcome.Same;
                _servers.Record(new ServerVerdict(this, live, isSame));
                return isSame ? $"waiting for {id}, which has the same server, to stop" : null;
        }
    }

    /// <summary>The right to compare through a connection.</summary>
    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
