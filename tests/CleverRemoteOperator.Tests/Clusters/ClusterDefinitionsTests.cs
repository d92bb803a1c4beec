using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Observability.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Tests.Clusters;

public sealed class ClusterDefinitionsTests : IDisposable
{
    private readonly string _kubeconfig = Path.GetTempFileName();

    public void Dispose() => File.Delete(_kubeconfig);

    [Fact]
    public void A_kubeconfig_that_is_emptied_never_becomes_the_cluster_the_process_runs_in()
    {
        var definition = Assert.Single(Read(new ClusterOptions { Name = "paris", Source = "test", KubeconfigPath = _kubeconfig }));

        Assert.NotNull(definition.Kubeconfig);
        var metrics = new OperatorMetrics(Prometheus.Metrics.NewCustomRegistry(), new OperatorHealth(TimeProvider.System, new SecretRegistry()), TimeProvider.System);
        var failure = Assert.Throws<KubernetesApiException>(() => new KubernetesClusterFactory(metrics, TimeProvider.System).Connect(definition));
        Assert.Equal("test: it is empty", failure.Message);
    }

    [Fact]
    public void Only_a_cluster_that_says_so_is_the_one_the_process_runs_in() =>
        Assert.Null(Assert.Single(Read(new ClusterOptions { Name = "here", Source = "test", InCluster = true })).Kubeconfig);

    private static IReadOnlyList<ClusterDefinition> Read(ClusterOptions cluster) => new ClusterDefinitions(
        new OperatorConfiguration(new OperatorOptions(), null, [cluster]), NullLogger<ClusterDefinitions>.Instance).Read();
}
