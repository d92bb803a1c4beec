using CleverRemoteOperator.IntegrationTests.Servers;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>A cluster made from another one's etcd, one server under two addresses, and servers that pose as another.</summary>
public sealed class CloneTests(ApiServers servers)
{
    [Fact]
    public async Task A_copy_of_a_clusters_etcd_is_a_Clone_each_time_and_also_after_the_original_went()
    {
        if (RealApiServer.MissingBecause is { } reason)
        {
            Assert.Skip(reason);
        }

        await using var scenario = await Scenario.CreateAsync();
        await using var a = await RealApiServer.StartAsync("a");
        await a.CreateNamespaceAsync(scenario.Namespace);
        foreach (var file in new[] { "postgresqls", "redis" })
        {
            await a.DefineAsync(await File.ReadAllTextAsync(Repository.PathOf("deployments", "crds", "product", $"{file}.api.clever-cloud.com.yaml")));
        }

        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_CLUSTERS_A_KUBECONFIG"] = a.Kubeconfig();
        var before = scenario.Start(environment);
        await before.ReadyAsync();
        await before.SyncedAsync("a");
        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.PostgreSql("database"), a), a);
        await before.StopAsync();

        await using var b = await RealApiServer.CopyAsync(a, "b");
        Assert.Equal(await KubeSystemAsync(a), await KubeSystemAsync(b));
        environment["CLEVER_OPERATOR_CLUSTERS_B_KUBECONFIG"] = b.Kubeconfig();
        for (var start = 0; start < 5; start++)
        {
            var process = scenario.Start(environment);
            await process.ReadyAsync();
            await process.SyncedAsync("a");
            await IsAsync(process, "b", "Clone");
            Assert.Contains("clever_operator_cluster_state{cluster=\"b\",state=\"clone\"} 1", await process.PageAsync("/metrics"), StringComparison.Ordinal);
            await process.StopAsync();
        }

        var running = scenario.Start(environment);
        await running.ReadyAsync();
        await IsAsync(running, "b", "Clone");
        await running.SyncedAsync("a");
        await ((RealApiServer)a.Server).StopAsync();
        await IsAsync(running, "a", "Unreachable", TimeSpan.FromMinutes(2));
        await Task.Delay(TimeSpan.FromSeconds(12), TimeProvider.System);
        await IsAsync(running, "b", "Clone");
        await running.StopAsync();

        var after = scenario.Start(environment);
        await after.ReadyAsync();
        await IsAsync(after, "b", "Clone");
        await IsAsync(after, "a", "Unreachable");
        Assert.Single(scenario.Clever.Addons.All);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task One_server_under_two_addresses_is_served_once_also_while_the_first_is_cut_off(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await using var relay = new Relay(scenario.Cluster.Address);
        relay.Open();
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_CLUSTERS_A_KUBECONFIG"] = scenario.Cluster.Kubeconfig(through: relay.Address);
        environment["CLEVER_OPERATOR_CLUSTERS_B_KUBECONFIG"] = scenario.Cluster.Kubeconfig();
        var process = scenario.Start(environment);
        await process.ReadyAsync();
        await process.SyncedAsync("a");
        await IsAsync(process, "b", "Duplicate");
        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("cache")));

        await relay.CloseAsync();
        await IsAsync(process, "a", "Unreachable", TimeSpan.FromMinutes(2));
        await Task.Delay(TimeSpan.FromSeconds(12), TimeProvider.System);
        await IsAsync(process, "b", "Duplicate");
        await process.StopAsync();

        var next = scenario.Start(environment);
        await next.ReadyAsync();
        await IsAsync(next, "a", "Unreachable");
        await IsAsync(next, "b", "Duplicate");
        Assert.DoesNotContain("b: connected", process.Output + next.Output, StringComparison.Ordinal);
        relay.Open();
        await next.SyncedAsync("a");
        await IsAsync(next, "b", "Duplicate");
    }

    [Theory]
    [InlineData(ServerKind.Sandbox, false)]
    [InlineData(ServerKind.Sandbox, true)]
    [InlineData(ServerKind.Real, false)]
    [InlineData(ServerKind.Real, true)]
    public async Task A_server_that_poses_as_another_does_not_keep_that_one_from_being_served(ServerKind kind, bool refusesLeases)
    {
        var (victim, west) = (await servers.GetAsync(kind, "east"), await servers.GetAsync(kind, "west"));
        await using var scenario = await Scenario.CreateAsync(victim, west);
        await using var liar = await FaultProxy.StartAsync(west);
        var uid = await KubeSystemAsync(victim);
        liar.Add(request => request.Path.Value!.EndsWith("/namespaces/kube-system", StringComparison.Ordinal), context => context.Response.WriteAsync(
            $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"kube-system","uid":"{{{uid}}}","resourceVersion":"1"}}"""));
        if (refusesLeases)
        {
            liar.Add(request => request.Path.Value!.Contains("/leases", StringComparison.Ordinal), context =>
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return Task.CompletedTask;
            });
        }

        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_CLUSTERS_A_KUBECONFIG"] = liar.Kubeconfig();
        environment["CLEVER_OPERATOR_CLUSTERS_B_KUBECONFIG"] = victim.Kubeconfig();
        var process = scenario.Start(environment);
        await process.ReadyAsync();

        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("cache"), victim), victim);
        await IsAsync(process, "b", refusesLeases ? "Synced" : "Clone");
    }

    private static Task IsAsync(OperatorProcess process, string cluster, string state, TimeSpan? timeout = null) =>
        process.UntilStatusAsync(cluster, status => (string?)status?["state"] == state, timeout);

    private static async Task<string?> KubeSystemAsync(TestCluster cluster) => (string?)(await cluster.Api.GetAsync("/api/v1/namespaces/kube-system"))!["metadata"]!["uid"];
}
