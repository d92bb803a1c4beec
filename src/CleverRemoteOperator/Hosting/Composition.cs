using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Hosting;

/// <summary>
/// The whole operator, put together on one page by plain constructors. Constructing it connects to nothing and starts nothing, so a
/// command that reads clusters or the Clever API takes what it needs from here as well.
/// </summary>
internal sealed class Composition : IDisposable
{
    private readonly CleverApiFactory _clever;

    public Composition(OperatorConfiguration configuration, ILoggerFactory loggers)
    {
        var options = configuration.Operator;
        var time = TimeProvider.System;
        Func<double> random = RandomSource.Next;
        (Configuration, Time) = (configuration, time);

        Health = new OperatorHealth(time, SecretRegistry.Of(configuration));
        Metrics = new OperatorMetrics(Prometheus.Metrics.NewCustomRegistry(), Health, time);
        _clever = new CleverApiFactory(
            new CleverApiOptions { RequestsPerSecond = options.ApiRate, Burst = options.ApiBurst },
            TrustedOrigins(configuration), time, random, Metrics.CleverRequested, loggers.CreateLogger<CleverApi>());
        Definitions = new ClusterDefinitions(configuration, loggers.CreateLogger<ClusterDefinitions>());
        Clusters = new KubernetesClusterFactory(Metrics, time);

        var memories = new ClusterMemories(options, _clever.Forget, time);
        var servers = new ClaimedServers(time);
        var fleet = new FleetView(servers, time);
        var inventory = new AddonInventory(time, options.Resync * 0.9);
        var reconcilers = new ReconcilerComposition(configuration, _clever, fleet, memories, inventory, Metrics, time, random, loggers);
        var registry = new ClusterRegistry(Health, Metrics, new MemoryShare(MemoryBudget.OfThisProcess()), memories);
        var elector = new LeaderElector(options, OperatorInstance.OfThisProcess(time), servers, fleet, memories, time, random, loggers);
        var reconciles = new SemaphoreSlim(options.MaxConcurrentReconcilesInProcess);

        NamespaceLoop Loop(ClusterSession session, string @namespace) => new(
            session.Definition,
            new LoopWatches(session.Cluster, @namespace, session.Lists, session.Limits, time, random, loggers.CreateLogger<NamespaceLoop>()),
            session.Resources, new ConcurrentReconciles(session.Reconciles, reconciles), reconcilers.Create,
            memories.Of(session.Definition.Id).Namespaces, Metrics, time, random, loggers);

        ClusterSession Session(ClusterDefinition definition, ICluster cluster, MemoryShare share, CancellationToken abort) => new(
            definition, cluster, share, options.MaxConcurrentReconciles, Loop, memories.Of(definition.Id), time, random,
            loggers.CreateLogger<ClusterSession>(), abort);

        ClusterSupervisor Supervisor(ClusterDefinition definition) => new(
            definition, Clusters, registry, elector, Session, servers, fleet, time, random, loggers.CreateLogger<ClusterSupervisor>());

        var set = new ClusterSet(Supervisor, fleet.Configure, memories.Forget, time, loggers.CreateLogger<ClusterSet>());
        Worker = new OperatorWorker(Definitions, set, Health, time, loggers.CreateLogger<OperatorWorker>());
    }

    /// <summary>The loaded configuration; it never changes.</summary>
    public OperatorConfiguration Configuration { get; }

    public TimeProvider Time { get; }

    /// <summary>Which clusters are configured now.</summary>
    public ClusterDefinitions Definitions { get; }

    /// <summary>Connects to them.</summary>
    public IClusterFactory Clusters { get; }

    /// <summary>Clients of the Clever API, one for each account.</summary>
    public ICleverApiFactory Clever => _clever;

    public OperatorHealth Health { get; }

    public OperatorMetrics Metrics { get; }

    /// <summary>The main loop, not started yet.</summary>
    public OperatorWorker Worker { get; }

    public void Dispose()
    {
        Worker.Dispose();
        _clever.Dispose();
    }

    // What the operator's own configuration names may be anywhere; only what a tenant names is checked at connect.
    private static IEnumerable<Uri> TrustedOrigins(OperatorConfiguration configuration) =>
        configuration.Operator.AllowedEndpoints
            .Concat(configuration.Clusters.Select(cluster => cluster.Api?.Endpoint).Append(configuration.Api?.Endpoint).OfType<Uri>())
            .Concat([ApiEndpoint.Public, ApiEndpoint.PublicBridge])
            .Distinct();
}
