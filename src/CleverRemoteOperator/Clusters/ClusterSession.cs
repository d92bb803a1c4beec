using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Timing;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>Opens the session of a cluster.</summary>
/// <param name="share">The cluster's share of memory.</param>
/// <param name="abort">Ends reconciles that still run when the session has ended.</param>
internal delegate ClusterSession SessionFactory(ClusterDefinition definition, ICluster cluster, MemoryShare share, CancellationToken abort);

/// <summary>Makes the loop of a namespace, <c>*</c> for all, within a session.</summary>
internal delegate NamespaceLoop LoopFactory(ClusterSession session, string @namespace);

/// <summary>One connection to a cluster with all its loops, from the first answer to the last.</summary>
internal sealed partial class ClusterSession : IAsyncDisposable
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProbeDeadline = TimeSpan.FromSeconds(5);

    // Failing probes are not reported before: a server that restarts is back by then.
    private static readonly TimeSpan Passing = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DiscoveryInterval = TimeSpan.FromSeconds(60);
    private const string NoTypes =
        $"none of the operator's custom resource definitions is installed: run {OperatorNames.Own} crd view | kubectl apply -f -";

    private readonly CancellationTokenSource _stop = new();
    private readonly ClusterMemory _memory;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly IReadOnlyList<NamespaceLoop> _loops;
    private readonly List<Task> _running;
    private readonly ILogger<ClusterSession> _logger;
    private List<ApiResource> _types = [];
    private Due _discovery;

    /// <param name="share">The cluster's share of memory.</param>
    /// <param name="maxReconciles">Reconciles at once in the cluster.</param>
    /// <param name="memory">What is remembered of the cluster.</param>
    /// <param name="random">Gives numbers from 0 to below 1.</param>
    /// <param name="abort">Ends reconciles that still run when the session has ended.</param>
    public ClusterSession(
        ClusterDefinition definition, ICluster cluster, MemoryShare share, int maxReconciles, LoopFactory loop, ClusterMemory memory,
        TimeProvider time, Func<double> random, ILogger<ClusterSession> logger, CancellationToken abort)
    {
        (Definition, Cluster, _memory, _time, _random, _logger) = (definition, cluster, memory, time, random, logger);
        Limits = new ClusterLimits(time, share);
        Reconciles = new SemaphoreSlim(maxReconciles);
        _loops = [.. definition.Namespaces.Select(name => loop(this, name))];
        _running = [.. _loops.Select(loop => loop.RunAsync(_stop.Token, abort))];
    }

    public ClusterDefinition Definition { get; }

    public ICluster Cluster { get; }

    /// <summary>Lists at once in the cluster.</summary>
    public ListSlots Lists { get; } = new();

    /// <summary>What bounds the watches of the cluster.</summary>
    public ClusterLimits Limits { get; }

    /// <summary>Reconciles at once in the cluster.</summary>
    public SemaphoreSlim Reconciles { get; }

    /// <summary>What all loops know together.</summary>
    public ClusterResources Resources { get; } = new();

    /// <summary>Asks which of our types the cluster serves now, and watches just these.</summary>
    public async Task DiscoverAsync(CancellationToken token)
    {
        var types = await ServedTypes.DiscoverAsync(Cluster, token);
        var isSettled = types.Count > 0 && types.ToHashSet().SetEquals(_types);
        // Definitions come one after the other: where some have just come, or none has yet, more may follow at any moment.
        _discovery = new Due(_time, isSettled ? DiscoveryInterval * (0.9 + (_random() / 5)) : ProbeInterval);
        if (!isSettled && types.Count > 0)
        {
            LogTypes(Definition.Id, string.Join(", ", types.Select(type => type.ToString()).Order(StringComparer.Ordinal)));
        }

        _types = types;

        await Task.WhenAll(_loops.Select(loop => loop.ServeAsync(types)));
    }

    /// <summary>Serves until <paramref name="stop"/>; throws when the cluster has not answered five probes in a row.</summary>
    /// <param name="report">Hears the state every second, and why it is no better.</param>
    public async Task RunAsync(Action<ClusterState, string?> report, CancellationToken stop)
    {
        var failures = 0;
        KubernetesApiException? problem = null;
        Due? passing = null;
        var probe = new Due(_time, ProbeInterval);
        while (true)
        {
            var (state, error) = problem is null || passing is not { IsNow: true } ? State() : (problem.IsUnauthorized ? ClusterState.Unauthorized : ClusterState.Degraded, problem.Message);
            report(state, error);
            await Task.Delay(ReportInterval, _time, stop);
            if (_running.FirstOrDefault(loop => loop.IsFaulted) is { } broken)
            {
                await broken;
            }

            if (!probe.IsNow)
            {
                continue;
            }

            probe = new Due(_time, ProbeInterval);
            try
            {
                await ProbeAsync(stop);
                if (problem is not null)
                {
                    _loops.ToList().ForEach(loop => loop.Wake());
                }

                (failures, problem, passing) = (0, null, null);
            }
            catch (KubernetesApiException failure)
            {
                passing ??= new Due(_time, failure.IsUnauthorized ? TimeSpan.Zero : Passing);
                LogProbe(passing.Value.IsNow ? LogLevel.Warning : LogLevel.Debug, Definition.Id, failure.Message);
                problem = failure;
                if (++failures >= ClusterBackoff.FailuresToOpen)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>How many resources of each kind are in which state.</summary>
    public IReadOnlyList<ResourceCount> Count() =>
        [.. _loops.SelectMany(loop => loop.Resources)
            .CountBy(resource => (resource.Kind, State: ResourceState.Of(resource)))
            .Select(count => new ResourceCount(count.Key.Kind, count.Key.State, count.Value))];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        foreach (var loop in _loops)
        {
            loop.Dispose();
        }

        Lists.Dispose();
        Limits.Memory?.Clear();
        Limits.Dispose();
        Reconciles.Dispose();
        _stop.Dispose();
    }

    private async Task ProbeAsync(CancellationToken stop)
    {
        using var deadline = new Deadline(ProbeDeadline, _time, stop);
        try
        {
            await Cluster.GetVersionAsync(deadline.Token);
            if (_discovery.IsNow)
            {
                await DiscoverAsync(stop);
            }
        }
        catch (KubernetesApiException failure) when (failure.IsForbidden)
        {
            // It answers and knows us: what it does not let us do shows in the watches.
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            throw new KubernetesApiException($"no answer within {ProbeDeadline.TotalSeconds} s", null, "");
        }
    }

    private (ClusterState State, string? Error) State()
    {
        var watches = _loops.SelectMany(loop => loop.Watches).ToList();
        var failing = watches.Where(watch => watch.Problem is not null).ToList();
        return failing.Count > 0 ? (StateOf(watches, failing), failing[0].Problem + (failing.Count == 1 ? "" : $" (and {failing.Count - 1} more watches)"))
            : _types.Count == 0 ? (ClusterState.Degraded, NoTypes)
            : _memory.StatusRefusals.Current is { } refused ? (ClusterState.Degraded, $"cannot write statuses: {refused}")
            : (watches.All(IsWell) ? ClusterState.Synced : ClusterState.Connecting, null);
    }

    private static ClusterState StateOf(List<WatchStatus> watches, List<WatchStatus> failing) =>
        failing.Count < watches.Count ? ClusterState.Degraded
        : failing.All(watch => watch.State == WatchState.Forbidden) ? ClusterState.Forbidden
        : failing.All(watch => watch.State == WatchState.Unauthorized) ? ClusterState.Unauthorized
        : ClusterState.Degraded;

    private static bool IsWell(WatchStatus watch) => watch is { Synced: true, State: WatchState.Watching or WatchState.Listing or WatchState.BackingOff };

    /// <summary>Something that is due after a while, however the clock on the wall is set meanwhile.</summary>
    private readonly struct Due(TimeProvider time, TimeSpan after)
    {
        private readonly long _since = time.GetTimestamp();

        public bool IsNow => time.GetElapsedTime(_since) >= after;
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Information, Message = "{Cluster}: watching {Types}")]
    private partial void LogTypes(ClusterId cluster, string types);

    [LoggerMessage(EventId = 111, Message = "{Cluster}: probe failed: {Problem}")]
    private partial void LogProbe(LogLevel level, ClusterId cluster, string problem);
}
