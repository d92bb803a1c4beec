using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Clusters;

/// <summary>Connects to clusters; tests replace it with clusters of their own.</summary>
internal interface IClusterFactory
{
    /// <summary>The cluster's API. A kubeconfig that cannot be used throws one exception that lists every mistake in it.</summary>
    ICluster Connect(ClusterDefinition definition);
}
