using System.Text;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

public sealed class KubernetesClientTests : IAsyncLifetime
{
    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await ClusterFixture.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task The_library_reads_writes_and_watches_with_the_kubeconfig_given_out()
    {
        using var client = await ClientAsync(ClusterUser.Admin);
        await client.CoreV1.CreateNamespacedSecretAsync(new V1Secret { Metadata = new() { Name = "s" }, StringData = new Dictionary<string, string> { ["k"] = "v" } }, "default");
        var read = await client.CoreV1.ReadNamespacedSecretAsync("s", "default");
        Assert.Equal("v", Encoding.UTF8.GetString(read.Data["k"]));

        var list = await client.CoreV1.ListNamespacedSecretAsync("default");
        Assert.Equal("s", Assert.Single(list.Items).Name());
        await client.CoreV1.PatchNamespacedSecretAsync(new V1Patch("""{"metadata":{"labels":{"a":"b"}}}""", V1Patch.PatchType.StrategicMergePatch), "s", "default");
        await client.CoreV1.PatchNamespacedSecretAsync(
            new V1Patch("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"t"},"data":{"k":"dg=="}}""", V1Patch.PatchType.ApplyPatch), "t", "default", fieldManager: "tests", force: true);

        await foreach (var (type, secret) in client.CoreV1.WatchListNamespacedSecretAsync("default", resourceVersion: list.Metadata.ResourceVersion))
        {
            Assert.Equal((WatchEventType.Modified, "s", "b"), (type, secret.Name(), secret.Labels()["a"]));
            break;
        }
    }

    [Fact]
    public async Task The_library_sees_refusals()
    {
        using var viewer = await ClientAsync(ClusterUser.Viewer);
        var refused = await Assert.ThrowsAsync<HttpOperationException>(() => viewer.CoreV1.DeleteNamespacedSecretAsync("s", "default"));
        Assert.Equal(403, (int)refused.Response.StatusCode);
    }

    private async Task<k8s.Kubernetes> ClientAsync(ClusterUser user)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(_cluster.Server.Kubeconfig(user)));
        return new k8s.Kubernetes(await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(stream));
    }
}
