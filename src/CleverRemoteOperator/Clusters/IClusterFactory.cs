using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Clusters;

/// <summary>Connects to clusters: the seam that lets tests serve clusters of their own.</summary>
internal interface IClusterFactory
{
    /// <summary>The cluster's API; throws one exception whose message lists every mistake of a kubeconfig that cannot be used.</summary>
    ICluster Connect(ClusterDefinition definition);
}
