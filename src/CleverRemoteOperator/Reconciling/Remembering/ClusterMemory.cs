using System.Collections.Concurrent;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Reconciling.Remembering;

/// <summary>
/// All that was learned of one cluster. Kept apart from loops and connections: it must outlive a reconnect, and a change of the kubeconfig.
/// </summary>
/// <param name="forgetClient">Told of the digest of each namespace's credentials that are needed no more.</param>
internal sealed class ClusterMemory(OperatorOptions options, Action<string> forgetClient, TimeProvider time)
{
    /// <summary>Timestamp of when this process first knew of the cluster.</summary>
    public long StartedAt { get; } = time.GetTimestamp();

    public ResourceMemory Resources { get; } = new(time);

    public NamespaceMemory Namespaces { get; } = new(time);

    public DeletionLedger Deletions { get; } = new(options.MaxDeletions, options.MaxClusterDeletions, time);

    public DroppedConditions DroppedConditions { get; } = new(time);

    public StatusRefusals StatusRefusals { get; } = new(time);

    public UsedCredentials UsedCredentials { get; } = new(forgetClient);
}

/// <summary>The memory of each cluster.</summary>
/// <param name="forgetClient">As for <see cref="ClusterMemory"/>.</param>
internal sealed class ClusterMemories(OperatorOptions options, Action<string> forgetClient, TimeProvider time)
{
    private readonly ConcurrentDictionary<ClusterId, ClusterMemory> _clusters = new();

    public ClusterMemory Of(ClusterId cluster) => _clusters.GetOrAdd(cluster, _ => new ClusterMemory(options, forgetClient, time));

    /// <summary>The cluster is no longer configured: what was learned of it goes too.</summary>
    public void Forget(ClusterId cluster)
    {
        if (_clusters.TryRemove(cluster, out var memory))
        {
            memory.UsedCredentials.ForgetAll();
        }
    }
}
