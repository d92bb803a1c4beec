using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Commands;

/// <summary><c>status</c> as a process of its own, on clusters that an operator serves or served.</summary>
public sealed class StatusTests(ApiServers servers)
{
    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task The_fleet_is_shown_with_its_problems_and_a_cluster_that_does_not_answer(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"), await servers.GetAsync(kind, "west"));
        var process = await scenario.StartAsync();
        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("cache")));
        await scenario.HeldAsync(await scenario.ApplyAsync(Manifests.Redis("huge", plan: "huge"), scenario.Clusters[1]), "PlanNotAvailable", scenario.Clusters[1]);
        await process.StopAsync();
        var environment = scenario.EnvironmentWithClusters();
        environment["CLEVER_OPERATOR_CLUSTERS_NORTH_KUBECONFIG"] = scenario.Cluster.Kubeconfig(through: new Uri($"https://127.0.0.1:{FreePort.Take()}"));

        var lines = await RunAsync(scenario, environment, 1, "status");

        Assert.Contains(lines, line => line.StartsWith("north  ", StringComparison.Ordinal) && line.Contains("NotSeen   NoConnection", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"west     {scenario.Namespace}  Redis  huge   NotReady  PlanNotAvailable  ", StringComparison.Ordinal) && line.Contains("has no plan \"huge\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"east     {scenario.Namespace}  Redis  cache  Ready     Available ", StringComparison.Ordinal));
        Assert.Equal("3 clusters, 1 not seen; 2 resources: 1 Ready, 1 NotReady", lines[^1]);

        environment.Remove("CLEVER_OPERATOR_CLUSTERS_NORTH_KUBECONFIG");
        var data = JsonNode.Parse(string.Join('\n', await RunAsync(scenario, environment, 0, "status", "--output", "json", "--cluster", "east")))!;
        var cache = Assert.Single(data["resources"]!.AsArray())!;
        Assert.Equal(Assert.Single(scenario.Clever.Addons.All).Id, (string?)cache["addon"]);
    }

    private static async Task<string[]> RunAsync(Scenario scenario, IReadOnlyDictionary<string, string> environment, int expected, params string[] arguments)
    {
        var process = scenario.Start(environment, arguments);
        var code = await process.ExitAsync();
        Assert.True(code == expected, $"exit code {code}:\n{process.Output}");
        return process.Output.TrimEnd().Split('\n');
    }
}
