using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>Lists what a cluster has that another instance serves, metadata only, when somebody here must know it to claim an add-on.</summary>
internal sealed partial class StandbyListing(ClusterDefinition definition, ICluster cluster, LoopServices services) : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger<StandbyListing> _logger = services.Loggers.CreateLogger<StandbyListing>();
    private Task _running = Task.CompletedTask;
    private long? _startedAt;

    /// <summary>Begins a list when one is asked for.</summary>
    public void Look()
    {
        if (_running.IsCompleted && services.Fleet.IsAsked(definition.Id) && (_startedAt is not { } last || services.Time.GetElapsedTime(last) >= RetryAfter))
        {
            _startedAt = services.Time.GetTimestamp();
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
            using var limits = new ClusterLimits(services.Time);
            List<string> uids = [];
            foreach (var type in await ServedTypes.DiscoverAsync(cluster, token))
            {
                foreach (var name in definition.Namespaces)
                {
                    uids.AddRange(await ListAsync(new WatchScope(type, name == "*" ? null : name), limits, token));
                }
            }

            services.Fleet.Listed(definition.Id, uids);
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
        var reading = new WatchReading<SecretMetadata>(cluster, scope, ObjectReading.Secrets, services.Time, services.Random, limits);
        await reading.ListAsync(new StoreUpdates<SecretMetadata>(store, Require, () => { }), new WatchProgress(services.Time), token);
        return store.Problem is { } problem ? throw new KubernetesApiException(problem, null, "") : store.All.Select(item => item.Uid);
    }

    // What cannot be read may be just what is looked for.
    private static void Require(WatchEvent<SecretMetadata> change)
    {
        if (change.Problem is { } problem)
        {
            throw new KubernetesApiException($"{problem.Namespace}/{problem.Name} cannot be read: {problem.Message}", null, "");
        }
    }

    [LoggerMessage(EventId = 170, Level = LogLevel.Warning, Message = "{Cluster}: what it has could not be listed: {Problem}")]
    private partial void LogFailed(ClusterId cluster, string problem);
}
