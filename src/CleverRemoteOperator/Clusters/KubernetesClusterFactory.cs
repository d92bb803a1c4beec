using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Kubeconfig;
using CleverRemoteOperator.Observability.Metrics;

namespace CleverRemoteOperator.Clusters;

/// <summary>Connects to real API servers, by kubeconfig or with the pod's service account.</summary>
internal sealed class KubernetesClusterFactory(OperatorMetrics metrics, TimeProvider time) : IClusterFactory
{
    public ICluster Connect(ClusterDefinition definition)
    {
        var (connection, mistakes) = definition.Kubeconfig is { } text
            ? new KubeconfigReader(definition.Options, time).Read(text)
            : InClusterAccount.Read(time);
        return connection is null
            ? throw new KubernetesApiException($"{definition.Options.Source}: {string.Join("; ", mistakes)}", null, KubernetesApiException.InvalidKubeconfig)
            : new Cluster(definition.Id, connection, time, Count);
    }

    private void Count(ClusterId cluster, string verb, string resource, int? status, TimeSpan elapsed) =>
        metrics.KubernetesRequested(cluster.Name, verb, resource, status, elapsed);
}
