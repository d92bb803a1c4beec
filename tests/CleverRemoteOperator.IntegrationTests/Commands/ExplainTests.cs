using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Commands;

/// <summary><c>explain RESOURCE</c> and <c>export</c> as processes of their own.</summary>
public sealed class ExplainTests(ApiServers servers)
{
    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_resource_is_explained_and_exported_from_its_cluster_and_from_Clever_Cloud_alone(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.ApplyAsync(Manifests.Credentials(Manifests.Toml(scenario.Clever.Address, "sandbox-token", "sandbox-secret", Scenario.Organisation)));
        var process = await scenario.StartAsync();
        var addon = (string?)(await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("cache"))))["status"]!["addon"];
        await process.StopAsync();
        var environment = scenario.EnvironmentWithClusters();

        var story = await RunAsync(scenario, environment, 0, "explain", $"east/{scenario.Namespace}/redis/cache");

        Assert.StartsWith($"east/{scenario.Namespace}/Redis/cache  Ready, Available for ", story[0], StringComparison.Ordinal);
        Assert.Contains(story, line => line.StartsWith("  account ", StringComparison.Ordinal) && line.Contains("the namespace's, organisation orga_", StringComparison.Ordinal));
        Assert.Contains(story, line => line.StartsWith("  add-on ", StringComparison.Ordinal) && line.EndsWith($"{addon} in {Scenario.Organisation}, s in par, which bears the resource's name", StringComparison.Ordinal));
        Assert.Contains(story, line => line.StartsWith("  Secret ", StringComparison.Ordinal) && line.EndsWith("cache, which belongs to the resource", StringComparison.Ordinal));
        Assert.Contains(story, line => line.StartsWith("  deletion ", StringComparison.Ordinal) && line.EndsWith("deletes the add-on with its data", StringComparison.Ordinal));
        Assert.Contains(story, line => line.StartsWith("  Event Normal ", StringComparison.Ordinal));
        Assert.Equal([$"error: cluster east has no Redis {scenario.Namespace}/none; see status --cluster east --namespace {scenario.Namespace}"], await RunAsync(scenario, environment, 1, "explain", $"east/{scenario.Namespace}/redis/none"));

        string[] expected =
        [
            "---", "apiVersion: api.clever-cloud.com/v1", "kind: Redis", "metadata:", "  name: cache", $"  namespace: {scenario.Namespace}", "spec:",
            "  plan: s", "  region: par", "  version: '8.8.0'", "  deletionPolicy: Retain", $"  adopt: {addon}",
        ];
        Assert.Equal(expected.Order(), (await RunAsync(scenario, environment, 0, "export", "--cluster", "east")).Order());

        environment["CLEVER_OPERATOR_CLUSTERS_EAST_KUBECONFIG"] = scenario.Cluster.Kubeconfig(through: new Uri($"https://127.0.0.1:{FreePort.Take()}"));
        Assert.EndsWith("; if it is lost for good, export --cluster east --lost", Assert.Single(await RunAsync(scenario, environment, 1, "export", "--cluster", "east")), StringComparison.Ordinal);
        var lost = await RunAsync(scenario, environment, 0, "export", "--cluster", "east", "--lost");
        Assert.Equal(expected.Where(line => !line.Contains("version: '", StringComparison.Ordinal)).Append($"  organisation: {Scenario.Organisation}").Order(), lost.Order());
    }

    private static async Task<string[]> RunAsync(Scenario scenario, IReadOnlyDictionary<string, string> environment, int expected, params string[] arguments)
    {
        var process = scenario.Start(environment, arguments);
        var code = await process.ExitAsync();
        Assert.True(code == expected, $"exit code {code}:\n{process.Output}");
        return process.Output.TrimEnd().Split('\n');
    }
}
