using CleverRemoteOperator.Kubernetes;
namespace CleverRemoteOperator.Clusters;
internal sealed class KubernetesClusterFactory : IClusterFactory
{
    public ICluster Connect(ClusterDefinition definition) => throw new NotSupportedException();
}
