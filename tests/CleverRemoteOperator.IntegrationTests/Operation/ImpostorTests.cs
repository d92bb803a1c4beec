using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.CleverApi.Control;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>Resources that look like another: by a uid that their server made up, or by the name of one that was there before.</summary>
public sealed class ImpostorTests(ApiServers servers)
{
    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_server_that_shows_the_uid_of_anothers_resource_gets_neither_its_password_nor_its_deletion(ServerKind kind)
    {
        var (honest, west) = (await servers.GetAsync(kind, "east"), await servers.GetAsync(kind, "west"));
        await using var scenario = await Scenario.CreateAsync(honest, west);
        var process = await scenario.StartAsync();
        var mine = await scenario.ApplyAsync(Manifests.PostgreSql("mine"), honest);
        var victim = (await scenario.ReadyAsync(mine, honest)).StatusField("addon")!;
        await process.StopAsync();

        // Made by the thief as if the operator had made it, and shown with the victim's uid.
        var thief = await scenario.ApplyAsync(Manifests.PostgreSql("thief"), west);
        await west.Api.PatchAsync(thief, """{"metadata":{"finalizers":["api.clever-cloud.com/postgresql"]}}""");
        await west.Api.PatchAsync($"{thief}/status", $$$"""{"status":{"addon":"{{{victim}}}","organisation":"{{{Scenario.Organisation}}}","credentialSource":"operator"} }""");
        await using var liar = await FaultProxy.StartAsync(west);
        liar.Lie = (await UidAsync(west, thief), await UidAsync(honest, mine));
        var environment = scenario.EnvironmentWithClusters();
        environment["CLEVER_OPERATOR_CLUSTERS_WEST_KUBECONFIG"] = liar.Kubeconfig();
        await scenario.StartAsync(environment);

        Assert.Contains("belongs to cluster east", await scenario.HeldAsync(thief, "OwnedByAnotherCluster", west), StringComparison.Ordinal);
        Assert.Null(await west.Api.GetAsync(scenario.Secret("thief")));
        await west.Api.DeleteAsync(thief);
        await scenario.UntilAsync(thief, resource => resource is null, west);
        Assert.Equal(victim, Assert.Single(scenario.Clever.Addons.All).Id);
        await scenario.ReadyAsync(mine, honest);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task What_a_creation_found_out_is_not_written_on_a_successor_of_the_same_name(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        scenario.Clever.Faults.Set(new FaultRule { Method = "POST", Route = "/v2/organisations/{id}/addons", LatencyMs = 2000 });
        var path = await scenario.ApplyAsync(Manifests.Redis("cache"));
        await scenario.UntilAsync(path, resource => resource!["metadata"]!["finalizers"] is not null);

        await scenario.Cluster.Api.PatchAsync(path, """{"metadata":{"finalizers":null}}""");
        await scenario.Cluster.Api.DeleteAsync(path);
        await scenario.UntilAsync(path, resource => resource is null);
        await scenario.ApplyAsync(Manifests.Redis("cache"));
        var uid = await UidAsync(scenario.Cluster, path);
        scenario.Clever.Faults.Set();

        // Its predecessor's Secret goes by the cluster's garbage collection, which is not at hand.
        await scenario.UntilAsync(path, resource => resource.Condition("Ready", "status") is not null);
        await scenario.Cluster.Api.DeleteAsync(scenario.Secret("cache"));
        var addon = (await scenario.ReadyAsync(path)).StatusField("addon");
        Assert.Contains(uid, scenario.Clever.Addons.All.Single(found => found.Id == addon).Name, StringComparison.Ordinal);
    }

    private static async Task<string> UidAsync(TestCluster cluster, string path) => (string)(await cluster.Api.GetAsync(path))!["metadata"]!["uid"]!;
}
