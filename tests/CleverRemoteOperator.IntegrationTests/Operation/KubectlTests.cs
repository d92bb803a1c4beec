using System.Diagnostics;
using CleverRemoteOperator.IntegrationTests.CleverTools;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>What the product page promises, typed as it stands there.</summary>
public sealed class KubectlTests(ApiServers servers)
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task The_product_pages_postgresql_is_applied_waited_for_shown_and_deleted(ServerKind kind)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl"))))
        {
            Assert.Skip("kubectl is not on the PATH; see https://kubernetes.io/docs/tasks/tools/.");
        }

        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await File.WriteAllTextAsync(Path.Combine(scenario.Folder, "kubeconfig"), scenario.Cluster.Kubeconfig());
        var manifest = Repository.Examples()["product-page-postgresql.yaml"].Replace("namespace: default", $"namespace: {scenario.Namespace}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(scenario.Folder, "postgresql.yaml"), manifest);
        await scenario.StartAsync();

        await KubectlAsync(scenario, "apply", "-f", "postgresql.yaml");
        Assert.Contains("condition met", await KubectlAsync(scenario, "wait", "--for=condition=Ready", "postgresql/my-postgresql", "--timeout=50s"), StringComparison.Ordinal);

        var lines = (await KubectlAsync(scenario, "get", "postgresql", "my-postgresql")).Trim().Split('\n');
        Assert.Equal(["NAME", "READY", "REASON", "PLAN", "REGION", "VERSION", "AGE"], Words(lines[0]));
        Assert.Equal(["my-postgresql", "True", "Available", "s_sml", "par", "14"], Words(lines[1])[..6]);
        Assert.Contains("my-postgresql", await KubectlAsync(scenario, "get", "clever"), StringComparison.Ordinal);
        Assert.Contains("my-postgresql", await KubectlAsync(scenario, "get", "secret", "my-postgresql"), StringComparison.Ordinal);
        Assert.StartsWith("postgresql://", await KubectlAsync(scenario, "get", "secret", "my-postgresql", "--template={{.data.POSTGRESQL_ADDON_URI | base64decode}}"), StringComparison.Ordinal);

        await KubectlAsync(scenario, "delete", "postgresql", "my-postgresql", "--timeout=50s");
        Assert.Empty(scenario.Clever.Addons.All);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs kubectl in the test's namespace, which must succeed, and returns what it printed.</summary>
    private static async Task<string> KubectlAsync(Scenario scenario, params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl", ["--kubeconfig", "kubeconfig", "--namespace", scenario.Namespace, .. arguments]) { WorkingDirectory = scenario.Folder };
        start.Environment["HOME"] = scenario.Folder;
        var result = await Finished.RunAsync(start, CommandTimeout);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }
}
