using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

namespace CleverRemoteOperator.Benchmarks.Processes;

/// <summary>Starts a sandbox cluster in a process of its own.</summary>
internal static class SandboxCluster
{
    /// <param name="folder">Where its kubeconfigs are written.</param>
    public static async Task<TestCluster> StartAsync(string name, string folder)
    {
        string admin = Path.Combine(folder, $"{name}.admin"), viewer = Path.Combine(folder, $"{name}.viewer"), denied = Path.Combine(folder, $"{name}.denied");
        var server = await SandboxProcess.StartAsync(
            folder, "cluster", "--name", name, "--kubeconfig-out", admin, "--viewer-kubeconfig-out", viewer, "--denied-kubeconfig-out", denied);
        var kubeconfig = await ReadAsync(admin);
        var tokens = new Dictionary<ClusterUser, string>
        {
            [ClusterUser.Admin] = TokenIn(kubeconfig),
            [ClusterUser.Viewer] = TokenIn(await ReadAsync(viewer)),
            [ClusterUser.Denied] = TokenIn(await ReadAsync(denied)),
        };
        var authority = (string)kubeconfig["clusters"]![0]!["cluster"]!["certificate-authority-data"]!;
        return new(name, server.Address, Encoding.ASCII.GetString(Convert.FromBase64String(authority)), user => tokens[user], server)
        {
            Processes = [("sandbox", server.Id)],
        };
    }

    private static async Task<JsonNode> ReadAsync(string file) => YamlBody.Parse(await File.ReadAllTextAsync(file))!;

    private static string TokenIn(JsonNode kubeconfig) => (string)kubeconfig["users"]![0]!["user"]!["token"]!;
}
