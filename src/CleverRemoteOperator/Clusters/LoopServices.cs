using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>What every cluster's loops share in the process.</summary>
/// <param name="ProcessSlots">Reconciles at once in the process.</param>
/// <param name="Memory">What the clusters may keep in memory together.</param>
/// <param name="Random">Gives numbers from 0 to below 1.</param>
internal sealed record LoopServices(
    OperatorOptions Options,
    OperatorHealth Health,
    OperatorMetrics Metrics,
    SemaphoreSlim ProcessSlots,
    MemoryShare Memory,
    ClaimedServers Claims,
    FleetView Fleet,
    ReconcilerFactory Reconcilers,
    ClusterMemories Memories,
    OperatorInstance Instance,
    TimeProvider Time,
    Func<double> Random,
    ILoggerFactory Loggers);
