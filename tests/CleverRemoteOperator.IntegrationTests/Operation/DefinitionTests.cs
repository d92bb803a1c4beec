using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>Definitions may come after the operator.</summary>
public sealed class DefinitionTests(ApiServers servers)
{
    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_definition_installed_later_is_served_without_a_restart(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "bare", []));
        var process = scenario.Start(scenario.EnvironmentWithClusters());
        await process.WroteAsync("bare: Degraded: none of the operator's custom resource definitions is installed");
        await scenario.Cluster.DefineAsync(await File.ReadAllTextAsync(Repository.PathOf("deployments", "crds", "product", "redis.api.clever-cloud.com.yaml")));
        var path = await scenario.ApplyAsync(Manifests.Redis("late"));

        await scenario.ReadyAsync(path);
        Assert.DoesNotContain(" ERR ", process.Output, StringComparison.Ordinal);
    }
}
