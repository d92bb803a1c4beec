using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.KubernetesApi;

namespace CleverRemoteOperator.Benchmarks.Bed;

/// <summary>One sandbox Kubernetes API, with our view of it.</summary>
/// <param name="Server">Where faults are asked for.</param>
internal sealed record BedCluster(KubernetesApiServer Server, TestCluster Cluster)
{
    public string Name => Cluster.Name;

    /// <summary>Reads and writes as an administrator, untouched by faults.</summary>
    public KubeApi Api => Cluster.Api;
}
