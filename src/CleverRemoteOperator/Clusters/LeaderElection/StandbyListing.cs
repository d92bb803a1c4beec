using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>Lists the resources of a cluster that another instance serves, metadata only, when they must be known here to claim an add-on.</summary>
/// <param name="random">Gives numbers from 0 to below 1.</param>
internal sealed partial class StandbyListing(
    ClusterDefinition definition, ICluster cluster, FleetView fleet, TimeProvider time, Func<double> random, ILogger<StandbyListing> logger) : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long? _startedAt;

    /// <summary>Starts a list if one is asked for.</summary>
    public void Look()
    {
        if (_running.IsCompleted && fleet.IsAsked(definition.Id) && (_startedAt is not { } last || time.GetElapsedTime(last) >= RetryAfter))
        {
            _startedAt = time.GetTimestamp();
            _running = ListAsync(_stop.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task ListAsync(CancellationToken token)
    {
        try
        {
            using var limits = new ClusterLimits(time);
            List<string> uids = [];
            foreach (var type in await ServedTypes.DiscoverAsync(cluster, token))
            {
                foreach (var name in definition.Namespaces)
                {
                    uids.AddRange(await ListAsync(new WatchScope(type, name == "*" ? null : name), limits, token));
                }
            }

            fleet.Listed(definition.Id, uids);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Served by this instance now, or stopped.
        }
        catch (KubernetesApiException failure)
        {
            LogFailed(definition.Id, failure.Message);
        }
    }

    private async Task<IEnumerable<string>> ListAsync(WatchScope scope, ClusterLimits limits, CancellationToken token)
    {
        var store = new ResourceStore<SecretMetadata>();
        var reading = new WatchReading<SecretMetadata>(cluster, scope, ObjectReading.Secrets, time, random, limits);
        await reading.ListAsync(new StoreUpdates<SecretMetadata>(store, Require, () => { }), new WatchProgress(time), token);
        return store.Problem is { } problem ? throw new KubernetesApiException(problem, null, "") : store.All.Select(item => item.Uid);
    }

    // An object that cannot be read may be the very one in question.
    private static void Require(WatchEvent<SecretMetadata> change)
    {
        if (change.Problem is { } problem)
        {
            throw new KubernetesApiException($"cannot read {problem.Namespace}/{problem.Name}: {problem.Message}", null, "");
        }
    }

    [LoggerMessage(EventId = 170, Level = LogLevel.Warning, Message = "{Cluster}: failed to list its resources while on standby: {Problem}")]
    private partial void LogFailed(ClusterId cluster, string problem);
}
