using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>A namespace that goes with all that is in it. Only the sandbox empties namespaces; the real API server leaves that to a controller.</summary>
public sealed class NamespaceTests(ApiServers servers)
{
    [Fact]
    public async Task A_namespace_deleted_with_its_resources_and_their_credentials_takes_its_own_add_ons_along_and_no_others()
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(ServerKind.Sandbox, "east"));
        var environment = scenario.EnvironmentWithClusters();
        var doomed = scenario.Namespace + "-doomed";
        environment["CLEVER_OPERATOR_OPERATOR_NAMESPACES"] = $"{scenario.Namespace},{doomed}";
        await scenario.Cluster.CreateNamespaceAsync(doomed);
        await scenario.StartAsync(environment, "--no-lease");
        await scenario.Cluster.Api.ApplyAsync(
            Manifests.Credentials(Manifests.Toml(scenario.Clever.Address, "sandbox-token", "sandbox-secret", Scenario.Organisation)), doomed);
        var kept = await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("kept")));
        for (var number = 0; number < 20; number++)
        {
            await scenario.Cluster.Api.ApplyAsync(Manifests.Redis($"doomed-{number}"), doomed);
        }

        for (var number = 0; number < 20; number++)
        {
            await scenario.ReadyAsync($"/apis/api.clever-cloud.com/v1/namespaces/{doomed}/redis/doomed-{number}");
        }

        await scenario.Cluster.Api.DeleteAsync($"/api/v1/namespaces/{doomed}");

        await scenario.UntilAsync($"/api/v1/namespaces/{doomed}", found => found is null);
        Assert.Equal(kept.StatusField("addon"), Assert.Single(scenario.Clever.Addons.All).Id);
    }
}
