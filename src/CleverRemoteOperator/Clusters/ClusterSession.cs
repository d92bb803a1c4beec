using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>One connection to a cluster with all its loops, from the first answer to the last.</summary>
internal sealed partial class ClusterSession : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProbeDeadline = TimeSpan.FromSeconds(5);

    // Shorter than this a failed probe is no news: a server that restarts is back by then.
    private static readonly TimeSpan Passing = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DiscoveryInterval = TimeSpan.FromSeconds(60);
    private const string NoTypes =
        "none of the operator's custom resource definitions is installed, so nothing is served: apply those that clever-remote-operator crd view prints";

    private readonly LoopServices _services;
    private readonly ICluster _cluster;
    private readonly CancellationTokenSource _stop = new();
    private readonly ListSlots _lists = new();
    private readonly ClusterLimits _limits;
    private readonly SemaphoreSlim _slots;
    private readonly IReadOnlyList<NamespaceLoop> _loops;
    private readonly List<Task> _running;
    private readonly ILogger<ClusterSession> _logger;
    private List<ApiResource> _types = [];
    private Due _discovery;

    /// <param name="memory">The cluster's share of memory.</param>
    public ClusterSession(ClusterDefinition definition, ICluster cluster, MemoryShare memory, LoopServices services, CancellationToken abort)
    {
        _services = services;
        _cluster = cluster;
        _logger = services.Loggers.CreateLogger<ClusterSession>();
        _limits = new ClusterLimits(services.Time, memory);
        _slots = new SemaphoreSlim(services.Options.Workers);
        _loops = [.. definition.Namespaces.Select(name => new NamespaceLoop(definition, cluster, name, _lists, _limits, _slots, Resources, services))];
        _running = [.. _loops.Select(loop => loop.RunAsync(_stop.Token, abort))];
    }

    /// <summary>What all loops know together.</summary>
    public ClusterResources Resources { get; } = new();

    /// <summary>Asks which of our types the cluster serves now, and watches just these.</summary>
    public async Task DiscoverAsync(CancellationToken token)
    {
        var types = await ServedTypes.DiscoverAsync(_cluster, token);
        var isSettled = types.Count > 0 && types.ToHashSet().SetEquals(_types);
        // Definitions come one after the other: where some have just come, or none has yet, more may follow at any moment.
        _discovery = new Due(_services.Time, isSettled ? DiscoveryInterval * (0.9 + (_services.Chance() / 5)) : ProbeInterval);
        if (!isSettled && types.Count > 0)
        {
            LogTypes(_cluster.Id, string.Join(", ", types.Select(type => type.ToString()).Order(StringComparer.Ordinal)));
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
        var probe = new Due(_services.Time, ProbeInterval);
        while (true)
        {
            var (state, error) = problem is null || passing is not { IsNow: true } ? State() : (problem.IsUnauthorized ? ClusterState.Unauthorized : ClusterState.Degraded, problem.Message);
            report(state, error);
            await Task.Delay(Glance, _services.Time, stop);
            if (_running.FirstOrDefault(loop => loop.IsFaulted) is { } broken)
            {
                await broken;
            }

            if (!probe.IsNow)
            {
                continue;
            }

            probe = new Due(_services.Time, ProbeInterval);
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
                passing ??= new Due(_services.Time, failure.IsUnauthorized ? TimeSpan.Zero : Passing);
                LogProbe(passing.Value.IsNow ? LogLevel.Warning : LogLevel.Debug, _cluster.Id, failure.Message);
                problem = failure;
                if (++failures >= ClusterRetry.FailuresToOpen)
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

        _lists.Dispose();
        _limits.Memory?.Clear();
        _limits.Dispose();
        _slots.Dispose();
        _stop.Dispose();
    }

    private async Task ProbeAsync(CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(ProbeDeadline, _services.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            await _cluster.GetVersionAsync(both.Token);
            if (_discovery.IsNow)
            {
                await DiscoverAsync(stop);
            }
        }
        catch (KubernetesApiException failure) when (failure.IsForbidden)
        {
            // It answers and knows us: what it does not let us do shows in the watches.
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
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
            : _services.Memories.Of(_cluster.Id).StatusRefusals.Current is { } refused ? (ClusterState.Degraded, $"statuses are not written: {refused}")
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

    [LoggerMessage(EventId = 110, Level = LogLevel.Information, Message = "{Cluster}: watches {Types}")]
    private partial void LogTypes(ClusterId cluster, string types);

    [LoggerMessage(EventId = 111, Message = "{Cluster}: probe failed: {Problem}")]
    private partial void LogProbe(LogLevel level, ClusterId cluster, string problem);
}
