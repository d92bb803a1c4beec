using System.Collections.Concurrent;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Reconciling.Remembering;

/// <summary>
/// All that was learned of one cluster. Kept apart from loops and connections: it must outlive a reconnect, and a change of the kubeconfig.
/// </summary>
internal sealed class ClusterMemory(OperatorOptions options, TimeProvider time)
{
    public ResourceMemory Resources { get; } = new(time);

    public NamespaceMemory Namespaces { get; } = new(time);

    public DeletionLedger Deletions { get; } = new(options.MaxDeletions, options.MaxClusterDeletions, time);

    public DroppedConditions DroppedConditions { get; } = new(time);
}

/// <summary>The memory of each cluster.</summary>
internal sealed class ClusterMemories(OperatorOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<ClusterId, ClusterMemory> _clusters = new();

    public ClusterMemory Of(ClusterId cluster) => _clusters.GetOrAdd(cluster, _ => new ClusterMemory(options, time));

    /// <summary>The cluster is no longer configured: what was learned of it goes too.</summary>
    public void Forget(ClusterId cluster) => _clusters.TryRemove(cluster, out _);
}
