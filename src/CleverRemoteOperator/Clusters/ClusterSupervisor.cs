using System.Diagnostics.CodeAnalysis;
using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// Owns one cluster: connects, runs its loops, and monitors its health. When the cluster stops answering, its loops are taken down, so
/// that a dead cluster costs next to nothing, and started again once it answers. No failure leaves it.
/// </summary>
/// <param name="random">Gives numbers from 0 to below 1.</param>
internal sealed partial class ClusterSupervisor(
    ClusterDefinition definition, IClusterFactory factory, ClusterRegistry registry, LeaderElector elector, SessionFactory sessions,
    ClaimedServers servers, FleetView fleet, TimeProvider time, Func<double> random, ILogger<ClusterSupervisor> logger)
{
    // Outages shorter than this are not reported: a server that restarts is back by then.
    private static readonly TimeSpan Passing = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan DuplicateRetry = TimeSpan.FromSeconds(5);

    private readonly ClusterBackoff _backoff = new(random);
    private volatile ClusterSession? _session;
    private long? _lastServed;
    private CancellationToken _stopped;

    /// <summary>Serves the cluster until <paramref name="stop"/>; <paramref name="abort"/> ends reconciles that still run then.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        using var registered = registry.Register(definition, () => _session?.Count() ?? []);
        _stopped = stop;
        using var removed = stop.Register(() => registered.Health.Report(ClusterState.Removed));
        while (!stop.IsCancellationRequested)
        {
            var wait = await ServeAsync(registered.Health, registered.Memory, stop, abort);
            await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Serves the cluster over one connection; gives the delay before the next.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Failures of one cluster end here: logged, shown, retried.")]
    private async Task<TimeSpan> ServeAsync(ClusterHealth health, MemoryShare memory, CancellationToken stop, CancellationToken abort)
    {
        try
        {
            using var cluster = factory.Connect(definition);
            using var claim = elector.Claim(definition, cluster);
            using var stopClaim = CancellationTokenSource.CreateLinkedTokenSource(stop, claim.Yielded);
            await claim.IdentifyAsync(stopClaim.Token);
            await using var leadership = await elector.LeadAsync(claim, () => ReportWaiting(health, claim), stopClaim.Token);
            using var stopServing = CancellationTokenSource.CreateLinkedTokenSource(stopClaim.Token, leadership.Stop);
            using var abortServing = CancellationTokenSource.CreateLinkedTokenSource(abort, leadership.Lost);
            await using var session = sessions(definition, cluster, memory, abortServing.Token);
            await session.DiscoverAsync(stopServing.Token);
            _session = session;
            fleet.Serve(definition.Id, session.Resources);
            _backoff.Succeeded();
            LogConnected(definition.Id, definition.Options.Source, string.Join(", ", definition.Namespaces));
            try
            {
                await session.RunAsync((state, problem) => ReportServed(health, state, problem), stopServing.Token);
            }
            finally
            {
                // While the session still has its resources.
                fleet.Stop(definition.Id);
            }
        }
        catch (OperationCanceledException)
        {
            // No longer configured, handed over to another instance, or the process is stopping.
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
            _lastServed = _session is null ? _lastServed : time.GetTimestamp();
            _session = null;
            servers.Tried(definition.Id);
        }

        return _backoff.Next();
    }

    private bool IsPassing(Exception failure) =>
        StateOf(failure) == ClusterState.Unreachable && _lastServed is { } served && time.GetElapsedTime(served) < Passing;

    private void ReportWaiting(ClusterHealth health, ServerClaim claim)
    {
        if (claim.WaitsFor != "")
        {
            Report(health, claim.WaitsFor is null ? ClusterState.Standby : ClusterState.Duplicate, claim.WaitsFor);
        }
    }

    // A copy is served all the same: an add-on's name says whose it is.
    private void ReportServed(ClusterHealth health, ClusterState state, string? problem)
    {
        var original = state == ClusterState.Synced ? servers.OriginalOf(definition.Id) : null;
        Report(health, original is null ? state : ClusterState.Clone, original is null ? problem : Clone(original));
    }

    private string Clone(ClusterDefinition original) =>
        $"{definition.Id} ({definition.Options.Source}) is a copy of {original.Id} ({original.Options.Source}). Both are served: {original.Id} keeps its add-ons, "
        + $"and add-ons whose name contains no cluster are not claimed here. Remove {original.Id} when {definition.Id} replaces it";

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

    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "{Cluster}: connected, configured by {Source}, namespaces {Namespaces}")]
    private partial void LogConnected(ClusterId cluster, string source, string namespaces);

    [LoggerMessage(EventId = 101, Message = "{Cluster}: {State}{Problem}")]
    private partial void LogState(LogLevel level, ClusterId cluster, ClusterState state, string problem);
}
