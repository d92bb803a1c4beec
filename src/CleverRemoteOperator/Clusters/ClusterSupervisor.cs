using System.Diagnostics.CodeAnalysis;
using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// Owns one cluster: connects, runs its loops, and watches over its health. When the cluster stops answering its loops are taken
/// down, so that a dead cluster costs next to nothing, and built anew once it answers again. Nothing it meets leaves it.
/// </summary>
internal sealed partial class ClusterSupervisor(ClusterDefinition definition, IClusterFactory factory, LoopServices services)
{
    // Not told before: a server that restarts is back by then.
    private static readonly TimeSpan Passing = TimeSpan.FromSeconds(15);

    // Of a cluster that is served whole it is not known before how many namespaces it has.
    private const int FewestNamespaces = 4;

    private static readonly TimeSpan DuplicateRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly ILogger<ClusterSupervisor> _logger = services.Loggers.CreateLogger<ClusterSupervisor>();
    private readonly ClusterBackoff _retry = new(services.Random);
    private volatile ClusterSession? _session;
    private long? _lastServed;
    private CancellationToken _stopped;

    /// <summary>Serves the cluster until <paramref name="stop"/>; <paramref name="abort"/> ends reconciles that still run then.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        using var health = services.Health.Register(definition.Id.Name, () => _session?.Count() ?? []);
        // From the first try to serve it to the last: what others may take does not depend on who answers first.
        using var memory = services.Memory.Join(definition.Id.Name, definition.Namespaces.Contains("*") ? FewestNamespaces : definition.Namespaces.Count);
        using var kept = services.Metrics.Memory.Track(definition.Id.Name, () => memory.Used, () => memory.Limit);
        var known = services.Memories.Of(definition.Id);
        using var resources = services.Metrics.Memory.TrackRemembered(definition.Id.Name, "resources", () => known.Resources.Count, () => known.Resources.Bytes);
        using var namespaces = services.Metrics.Memory.TrackRemembered(definition.Id.Name, "namespaces", () => known.Namespaces.Count, () => known.Namespaces.Bytes);
        _stopped = stop;
        using var removed = stop.Register(() => health.Report(ClusterState.Removed));
        while (!stop.IsCancellationRequested)
        {
            var wait = await ServeAsync(health, memory, stop, abort);
            await Task.Delay(wait, services.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        services.Metrics.RemoveCluster(definition.Id.Name);
    }

    /// <summary>One connection's life. Gives how long to wait before the next.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "What goes wrong with one cluster ends here: logged, shown, tried again.")]
    private async Task<TimeSpan> ServeAsync(ClusterHealth health, MemoryShare memory, CancellationToken stop, CancellationToken abort)
    {
        try
        {
            using var cluster = factory.Connect(definition);
            var @namespace = definition.LeaseNamespace(services.Options.LeaseNamespace);
            using var claim = new ServerClaim(definition, cluster, @namespace, services.Claims, services.Instance, services.Time);
            using var stopClaim = CancellationTokenSource.CreateLinkedTokenSource(stop, claim.Yielded);
            await claim.IdentifyAsync(stopClaim.Token);
            await using var leadership = await LeadAsync(claim, health, stopClaim.Token);
            using var stopServing = CancellationTokenSource.CreateLinkedTokenSource(stopClaim.Token, leadership.Stop);
            using var abortServing = CancellationTokenSource.CreateLinkedTokenSource(abort, leadership.Lost);
            await using var session = new ClusterSession(definition, cluster, memory, services, abortServing.Token);
            await session.DiscoverAsync(stopServing.Token);
            _session = session;
            services.Fleet.Serve(definition.Id, session.Resources);
            _retry.Succeeded();
            LogConnected(definition.Id, definition.Options.Source, string.Join(", ", definition.Namespaces));
            try
            {
                await session.RunAsync((state, problem) => ReportServed(health, state, problem), stopServing.Token);
            }
            finally
            {
                // While the session still has what it showed last.
                services.Fleet.Stop(definition.Id);
            }
        }
        catch (OperationCanceledException)
        {
            // Taken out of the configuration, handed to another instance, or the process ends.
        }
        catch (DuplicateClusterException duplicate)
        {
            Report(health, ClusterState.Duplicate, duplicate.Message);
            return DuplicateRetry;
        }
        catch (Exception failure)
        {
            if (_session is not null || !IsPassing(failure))
            {
                Report(health, StateOf(failure), FailureText.Of(failure));
            }
        }
        finally
        {
            _lastServed = _session is null ? _lastServed : services.Time.GetTimestamp();
            _session = null;
            services.Claims.Tried(definition.Id);
        }

        return _retry.Next();
    }

    private bool IsPassing(Exception failure) =>
        StateOf(failure) == ClusterState.Unreachable && _lastServed is { } served && services.Time.GetElapsedTime(served) < Passing;

    private async Task<ClusterLeadership> LeadAsync(ServerClaim claim, ClusterHealth health, CancellationToken stop)
    {
        var logger = services.Loggers.CreateLogger<ClusterLeadership>();
        if (services.Options.NoLease)
        {
            while (!await claim.MayBeServedAsync(null, LeaseRecord.Empty, stop))
            {
                ReportWaiting(health, claim);
                await Task.Delay(LookAgain, services.Time, stop);
            }

            return new ClusterLeadership(definition.Id, null, services.Time, logger);
        }

        var lease = new ClusterLease(
            claim.Cluster, claim.LeaseNamespace, services.Instance, claim, services.Memories.Of(definition.Id).Deletions, services.Time,
            services.Loggers.CreateLogger<ClusterLease>());
        await using var standby = new StandbyListing(definition, claim.Cluster, services);
        await lease.AcquireAsync(
            () =>
            {
                ReportWaiting(health, claim);
                standby.Look();
            },
            stop);
        return new ClusterLeadership(definition.Id, lease, services.Time, logger);
    }

    private void ReportWaiting(ClusterHealth health, ServerClaim claim)
    {
        if (claim.WaitsFor != "")
        {
            Report(health, claim.WaitsFor is null ? ClusterState.Standby : ClusterState.Duplicate, claim.WaitsFor);
        }
    }

    // A copy is served all the same: whose an add-on is stands in its name.
    private void ReportServed(ClusterHealth health, ClusterState state, string? problem)
    {
        var original = state == ClusterState.Synced ? services.Claims.OriginalOf(definition.Id) : null;
        Report(health, original is null ? state : ClusterState.Clone, original is null ? problem : Clone(original));
    }

    private string Clone(ClusterDefinition original) =>
        $"{definition.Id} ({definition.Options.Source}) is a copy of {original.Id} ({original.Options.Source}). Both are served: add-ons of {original.Id} stay its own, "
        + $"and those that bear no cluster's name are not claimed here. Remove {original.Id} when {definition.Id} takes its place";

    private void Report(ClusterHealth health, ClusterState state, string? error)
    {
        if (!_stopped.IsCancellationRequested && health.Report(state, error))
        {
            LogState(LevelOf(state), definition.Id, state, error is null ? "" : ": " + error);
        }
    }

    private static LogLevel LevelOf(ClusterState state) => state switch
    {
        ClusterState.Synced or ClusterState.Connecting => LogLevel.Information,
        ClusterState.Duplicate or ClusterState.Clone => LogLevel.Error,
        _ => LogLevel.Warning,
    };

    private static ClusterState StateOf(Exception failure) => failure switch
    {
        KubernetesApiException { Reason: KubernetesApiException.InvalidKubeconfig } => ClusterState.InvalidKubeconfig,
        KubernetesApiException { IsUnauthorized: true } => ClusterState.Unauthorized,
        KubernetesApiException { IsForbidden: true } => ClusterState.Forbidden,
        _ => ClusterState.Unreachable,
    };

    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "{Cluster}: connected, from {Source}; namespaces {Namespaces}")]
    private partial void LogConnected(ClusterId cluster, string source, string namespaces);

    [LoggerMessage(EventId = 101, Message = "{Cluster}: {State}{Problem}")]
    private partial void LogState(LogLevel level, ClusterId cluster, ClusterState state, string problem);
}
