using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Tests.Watching;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Tests.Clusters;

/// <summary>What clusters and tenants that misbehave do to themselves, and not to the others.</summary>
public sealed class NeighbourTests
{
    private const string Redis = "/apis/api.clever-cloud.com/v1/namespaces/a/redis";

    [Fact]
    public async Task Servers_that_send_one_line_every_10_s_hold_up_no_other_cluster()
    {
        await using var world = new ClustersWorld();
        var healthy = await world.StartServerAsync();
        var dripping = new List<HostileApiServer>();
        for (var number = 0; number < 6; number++)
        {
            dripping.Add(await HostileApiServer.StartAsync(async (context, server) =>
            {
                for (var line = 0; ; line++)
                {
                    await context.Response.WriteAsync(Json.Event("ADDED", Json.Redis($"r-{line}", 5)) + "\n");
                    await context.Response.Body.FlushAsync();
                    await Task.Delay(TimeSpan.FromSeconds(10), world.Time, server.Stopping(context));
                }
            }));
        }

        var bad = dripping.Select((server, number) => server.Define($"drip-{number}")).ToList();
        world.Serve(bad);
        await world.UntilAsync(() => dripping.TrueForAll(server => server.Watches >= 2));

        world.Serve([.. bad, ClustersWorld.Define("healthy", healthy)]);

        Assert.InRange(await world.UntilAsync(() => world.Of("healthy")?.State == ClusterState.Synced), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        foreach (var server in dripping)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_server_that_never_stops_inventing_resources_fills_its_share_says_so_and_leaves_the_rest_to_the_others()
    {
        await using var world = new ClustersWorld(memory: 8 * 1024 * 1024);
        var healthy = await world.StartServerAsync();
        await using var flooding = await HostileApiServer.StartAsync(async (context, _) =>
        {
            for (var number = 0; !context.RequestAborted.IsCancellationRequested; number++)
            {
                await context.Response.WriteAsync(
                    Json.Event("ADDED", Json.Redis($"r-{number}", 5, $$"""{"text":"{{new string('x', 10_000)}}"}""").Replace("team-a", $"n-{number}", StringComparison.Ordinal)) + "\n",
                    context.RequestAborted);
            }
        });
        world.Serve(flooding.Define("flood"), ClustersWorld.Define("healthy", healthy));

        await world.UntilAsync("flood", ClusterState.Degraded);
        await world.UntilAsync("healthy", ClusterState.Synced);
        await ClustersWorld.CreateAsync(healthy, "cache");
        await world.UntilAsync(() => world.Reconciled.Any(key => key.Cluster.Name == "healthy" && key.Name == "cache"));

        Assert.Contains("OverShare: ", world.Of("flood")!.LastError, StringComparison.Ordinal);
        Assert.Equal(ClusterState.Synced, world.Of("healthy")!.State);
        Assert.InRange(world.Memory.Used, 1_000_000, 5_000_000);
        var page = await world.MetricsPageAsync();
        Assert.Matches("clever_operator_kept_bytes{cluster=\"flood\"} [0-9]{7}", page);
        Assert.Matches("clever_operator_kept_limit_bytes{cluster=\"flood\"} 3145728", page);
        Assert.Matches("clever_operator_refusals{cluster=\"flood\",kind=\"Redis\"} [1-9]", page);
        Assert.Matches("clever_operator_refusals{cluster=\"healthy\",kind=\"Redis\"} 0", page);

        world.Serve(ClustersWorld.Define("healthy", healthy));
        await world.UntilAsync(() => world.Of("flood") is null && world.Memory.Used < 100_000);
    }

    [Fact]
    public async Task A_namespace_that_is_flooded_is_told_once_and_its_neighbours_are_served()
    {
        await using var world = new ClustersWorld(memory: 1024 * 1024);
        var server = await world.StartServerAsync();
        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync("paris", ClusterState.Synced);

        for (var number = 0; number < 12; number++)
        {
            await ClustersWorld.SendAsync(server, HttpMethod.Post, Redis,
                $"apiVersion: api.clever-cloud.com/v1\nkind: Redis\nmetadata: {{name: large-{number}}}\nspec: {{plan: s_mono, region: par, organisation: {new string('x', 20_000)}}}");
        }

        await world.UntilAsync("paris", ClusterState.Degraded);
        await ClustersWorld.CreateAsync(server, "cache", "b");
        await world.UntilAsync(() => world.Reconciled.Any(key => key.Name == "cache"));

        Assert.Contains("OverShare: namespace a may keep ", world.Of("paris")!.LastError, StringComparison.Ordinal);
        Assert.Single(world.Log, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("OverShare", StringComparison.Ordinal));
        Assert.InRange(world.Reconciled.Count(key => key.Namespace == "a"), 3, 10);
    }

    [Fact]
    public async Task Credentials_that_change_without_pause_have_their_namespace_looked_at_every_5_s_after_the_first_five()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        await ClustersWorld.CreateAsync(server, "cache");
        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync("paris", ClusterState.Synced);
        await world.UntilAsync(() => !world.Reconciled.IsEmpty);
        const string secrets = "/api/v1/namespaces/a/secrets";
        await ClustersWorld.SendAsync(server, HttpMethod.Post, secrets, "apiVersion: v1\nkind: Secret\nmetadata: {name: clever-kubernetes-operator}\nstringData: {config: first}");
        await ClustersWorld.AtOnceAsync(() => world.Reconciled.Count == 2);

        for (var change = 0; change < 30; change++)
        {
            await ClustersWorld.SendAsync(server, HttpMethod.Put, secrets + "/clever-kubernetes-operator",
                $"apiVersion: v1\nkind: Secret\nmetadata: {{name: clever-kubernetes-operator}}\nstringData: {{config: change-{change}}}");
            if (change < 4)
            {
                var looks = change + 3;
                await ClustersWorld.AtOnceAsync(() => world.Reconciled.Count == looks);
            }
        }

        Assert.InRange(await world.UntilAsync(() => world.Reconciled.Count > 6), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6));
        await world.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(7, world.Reconciled.Count);
    }
}
