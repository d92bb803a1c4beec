using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Commands;

/// <summary><c>audit</c> as a process of its own.</summary>
public sealed class AuditTests(ApiServers servers)
{
    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task An_orphan_is_found_and_nothing_is_concluded_while_a_cluster_is_unreachable(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var process = await scenario.StartAsync();
        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("kept")));
        var gone = await scenario.ApplyAsync(Manifests.Redis("gone"));
        var addon = (string?)(await scenario.ReadyAsync(gone))["status"]!["addon"];
        await process.StopAsync();
        var environment = scenario.EnvironmentWithClusters();
        Assert.Equal("2 add-ons in 1 organisation: nothing to tell", (await RunAsync(scenario, environment, 0))[^1]);

        await ReleaseAsync(scenario, gone);

        var lines = await RunAsync(scenario, environment, 1);
        Assert.Contains(lines, line => line.StartsWith($"Orphan   east     {scenario.Namespace}/Redis/gone  {addon}", StringComparison.Ordinal));
        Assert.Equal("2 add-ons in 1 organisation: 1 Orphan", lines[^1]);
        Assert.Equal(2, scenario.Clever.Addons.All.Count);

        environment["CLEVER_OPERATOR_CLUSTERS_NORTH_KUBECONFIG"] = scenario.Cluster.Kubeconfig(through: new Uri($"https://127.0.0.1:{FreePort.Take()}"));
        lines = await RunAsync(scenario, environment, 2);
        Assert.StartsWith("error: cluster north: NoConnection: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("error: no audit while something cannot be seen", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
    }

    private static async Task ReleaseAsync(Scenario scenario, string path)
    {
        await scenario.Cluster.Api.PatchAsync(path, """{"metadata": {"finalizers": null}}""");
        await scenario.Cluster.Api.DeleteAsync(path);
        await scenario.UntilAsync(path, resource => resource is null);
    }

    private static async Task<string[]> RunAsync(Scenario scenario, IReadOnlyDictionary<string, string> environment, int expected)
    {
        var process = scenario.Start(environment, "audit");
        var code = await process.ExitAsync();
        Assert.True(code == expected, $"exit code {code}:\n{process.Output}");
        return process.Output.TrimEnd().Split('\n');
    }
}
