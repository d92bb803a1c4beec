using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Kubernetes;
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
    private static readonly TimeSpan DiscoveryInterval = TimeSpan.FromSeconds(60);
    private const int FailuresToGiveUp = 5;

    private readonly LoopServices _services;
    private readonly ICluster _cluster;
    private readonly CancellationTokenSource _stop = new();
    private readonly ListSlots _lists;
    private readonly SemaphoreSlim _slots;
    private readonly IReadOnlyList<NamespaceLoop> _loops;
    private readonly List<Task> _running;
    private readonly ILogger<ClusterSession> _logger;
    private IReadOnlyList<ApiResource> _types = [];
    private DateTimeOffset _nextDiscovery;

    public ClusterSession(ClusterDefinition definition, ICluster cluster, LoopServices services, CancellationToken abort)
    {
        _services = services;
        _cluster = cluster;
        _logger = services.Loggers.CreateLogger<ClusterSession>();
        _lists = services.Lists.ForCluster();
        _slots = new SemaphoreSlim(services.Options.Workers);
        _loops = [.. definition.Namespaces.Select(name => new NamespaceLoop(definition, cluster, name, _lists, _slots, services))];
        _running = [.. _loops.Select(loop => loop.RunAsync(_stop.Token, abort))];
    }

    /// <summary>Asks which of our types the cluster serves now, and watches just these.</summary>
    public async Task DiscoverAsync(CancellationToken token)
    {
        var found = await _cluster.DiscoverAsync([AddonCatalog.Group, AddonCatalog.ShortGroup], token);
        var types = found.Where(type => AddonCatalog.ByPlural(type.Plural) is { } kind && kind.Groups.Contains(type.Group)).ToList();
        _nextDiscovery = _services.Time.GetUtcNow() + (DiscoveryInterval * (0.9 + (_services.Chance() / 5)));
        if (!types.ToHashSet().SetEquals(_types))
        {
            LogTypes(_cluster.Id, string.Join(", ", types.Select(type => type.ToString()).Order(StringComparer.Ordinal)));
            _types = types;
        }

        await Task.WhenAll(_loops.Select(loop => loop.ServeAsync(types)));
    }

    /// <summary>Serves until <paramref name="stop"/>; throws when the cluster has not answered for <see cref="FailuresToGiveUp"/> probes in a row.</summary>
    public async Task RunAsync(Action<ClusterState> report, CancellationToken stop)
    {
        var failures = 0;
        var nextProbe = _services.Time.GetUtcNow() + ProbeInterval;
        while (true)
        {
            report(failures > 0 ? ClusterState.Degraded : State());
            await Task.Delay(Glance, _services.Time, stop);
            if (_services.Time.GetUtcNow() < nextProbe)
            {
                continue;
            }

            nextProbe = _services.Time.GetUtcNow() + ProbeInterval;
            try
            {
                await ProbeAsync(stop);
                failures = 0;
            }
            catch (KubernetesApiException failure)
            {
                LogProbe(_cluster.Id, failure.Message);
                if (++failures >= FailuresToGiveUp)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>How many resources of each kind are in which state.</summary>
    public IReadOnlyList<ResourceCount> Count() =>
        [.. _loops.SelectMany(loop => loop.Resources)
            .GroupBy(resource => (resource.Kind, State: ResourceState.Of(resource)))
            .Select(group => new ResourceCount(group.Key.Kind, group.Key.State, group.Count()))];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        foreach (var loop in _loops)
        {
            loop.Dispose();
        }

        _lists.Dispose();
        _slots.Dispose();
        _stop.Dispose();
    }

    private async Task ProbeAsync(CancellationToken stop)
    {
        if (_services.Time.GetUtcNow() >= _nextDiscovery)
        {
            await DiscoverAsync(stop);
            return;
        }

        using var deadline = new CancellationTokenSource(ProbeDeadline, _services.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            await _cluster.GetVersionAsync(both.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new KubernetesApiException($"no answer within {ProbeDeadline.TotalSeconds} s", null, "");
        }
    }

    private ClusterState State()
    {
        var watches = _loops.SelectMany(loop => loop.Watches).ToList();
        return watches.All(watch => watch.Synced && watch.State is WatchState.Watching or WatchState.Listing) ? ClusterState.Synced
            : watches.Any(watch => watch.LastError is not null) ? ClusterState.Degraded
            : ClusterState.Connecting;
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Information, Message = "{Cluster}: watches {Types}")]
    private partial void LogTypes(ClusterId cluster, string types);

    [LoggerMessage(EventId = 111, Level = LogLevel.Warning, Message = "{Cluster}: probe failed: {Problem}")]
    private partial void LogProbe(ClusterId cluster, string problem);
}
