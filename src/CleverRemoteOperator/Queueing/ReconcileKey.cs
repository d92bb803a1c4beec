using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Queueing;

/// <summary>Names one resource of one cluster: all that crosses from watch to reconcile.</summary>
internal readonly record struct ReconcileKey(ClusterId Cluster, ApiResource Type, string Namespace, string Name)
{
    public override string ToString() => $"{Cluster}/{Type}/{Namespace}/{Name}";
}
