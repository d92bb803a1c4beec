using System.Diagnostics;
using System.Security.Cryptography;
using CleverRemoteOperator.IntegrationTests.CleverTools;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Compatibility;

/// <summary>The official JavaScript client of Kubernetes.</summary>
public sealed class KubernetesClientNodePackages() : NodePackages("@kubernetes/client-node@1.4.0");

/// <summary>The official JavaScript client lists and watches on the sandbox as on a real server.</summary>
public sealed class KubernetesClientNodeTests(ApiServers servers, KubernetesClientNodePackages packages) : IClassFixture<KubernetesClientNodePackages>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task It_lists_and_watches_on_the_sandbox()
    {
        var told = await RunAsync(ServerKind.Sandbox);

        Assert.Contains("""{"what":"list","kind":"RedisList","items":[{"kind":"Redis","name":"first","plan":"dev","generation":1},{"kind":"Redis","name":"second","plan":"dev","generation":1}]}""", told, StringComparison.Ordinal);
        Assert.Equal(["ADDED", "MODIFIED", "DELETED"], told.Split('\n').Where(line => line.Contains("\"watch\"", StringComparison.Ordinal)).Select(line => line.Split("\"type\":\"")[1].Split('"')[0]));
        Assert.Contains("""{"what":"informer","names":["first","second"]}""", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_told_the_same_by_the_sandbox_and_by_a_real_server() =>
        Assert.Equal(await RunAsync(ServerKind.Real), await RunAsync(ServerKind.Sandbox));

    private async Task<string> RunAsync(ServerKind kind)
    {
        Assert.SkipWhen(packages.MissingBecause is not null, packages.MissingBecause ?? "");
        var cluster = await servers.GetAsync(kind, "east");
        var @namespace = $"js-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        await cluster.CreateNamespaceAsync(@namespace);
        var home = Directory.CreateTempSubdirectory("client-node-");
        try
        {
            var kubeconfig = Path.Combine(home.FullName, "kubeconfig");
            await File.WriteAllTextAsync(kubeconfig, cluster.Kubeconfig());
            var script = Repository.PathOf("tests", "CleverRemoteOperator.IntegrationTests", "TestAssets", "KubernetesClient", "list-and-watch.mjs");
            var start = new ProcessStartInfo("node", [script, @namespace]) { WorkingDirectory = home.FullName };
            start.Environment.Clear();
            start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
            start.Environment["HOME"] = home.FullName;
            start.Environment["KUBECONFIG"] = kubeconfig;
            start.Environment["NODE_FOLDER"] = packages.Folder;
            var result = await Finished.RunAsync(start, Timeout);
            Assert.True(result.ExitCode == 0, result.ToString());
            return result.Output;
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
