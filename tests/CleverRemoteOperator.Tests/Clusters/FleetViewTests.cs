using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Reconciling;
using CleverRemoteOperator.Sandbox.KubernetesApi.Faults;

namespace CleverRemoteOperator.Tests.Clusters;

/// <summary>An add-on without a cluster's name is claimed only when it is known of each other cluster that it has no such resource.</summary>
public sealed class FleetViewTests
{
    private const string Uid = "00000000-0000-4000-8000-00000000000c";

    [Fact]
    public async Task Nothing_is_claimed_until_every_cluster_was_seen_unless_the_configuration_says_whose_it_is()
    {
        await using var world = new ClustersWorld();
        var (a, b) = (ClustersWorld.Define("a", await world.StartServerAsync()), ClustersWorld.Define("b", await world.StartServerAsync()));
        world.Lies["b"] = new Lies { IsDown = true };
        world.Serve(a, b);
        await world.UntilAsync("a", ClusterState.Synced);

        Assert.Equal(ClaimRight.Wait, MayClaim(world, "a").Right);
        Assert.EndsWith("not seen yet: b. Remove clusters that are gone from the configuration, or set takeover = true for a", MayClaim(world, "a").Message, StringComparison.Ordinal);
        world.Serve(a with { Options = a.Options with { Takeover = true } }, b);
        Assert.Equal(ClaimRight.Yes, MayClaim(world, "a").Right);

        world.Serve(a, b);
        world.Lies["b"].IsDown = false;
        await world.UntilAsync("b", ClusterState.Synced);
        await world.UntilAsync("a", ClusterState.Synced);
        Assert.Equal(ClaimVerdict.Yes, MayClaim(world, "a"));

        // Seen once is enough.
        world.Lies["b"].IsDown = true;
        await world.UntilAsync("b", ClusterState.Unreachable);
        Assert.Equal(ClaimVerdict.Yes, MayClaim(world, "a"));
        world.Serve(a);
        Assert.Equal(ClaimRight.Wait, MayClaim(world, "b").Right);
        Assert.Equal(ClaimVerdict.Yes, MayClaim(world, "a"));
    }

    [Fact]
    public async Task A_uid_of_two_clusters_is_disputed_even_when_the_other_went_down_until_it_is_configured_no_longer()
    {
        await using var world = new ClustersWorld();
        var servers = (A: await world.StartServerAsync(), B: await world.StartServerAsync());
        var uid = await ClustersWorld.CreateAsync(servers.A, "cache");
        world.Lies["b"] = new Lies { Uids = { [await ClustersWorld.CreateAsync(servers.B, "other", "b", "kvs", "KV")] = uid } };
        var (a, b) = (ClustersWorld.Define("a", servers.A), ClustersWorld.Define("b", servers.B));
        world.Serve(a, b);
        await world.UntilAsync("a", ClusterState.Synced);
        await world.UntilAsync("b", ClusterState.Synced);

        Assert.Equal(ClaimRight.Disputed, MayClaim(world, "a", uid).Right);
        Assert.StartsWith("cluster b has a resource with the same uid", MayClaim(world, "a", uid).Message, StringComparison.Ordinal);
        Assert.Equal(ClaimRight.Disputed, MayClaim(world, "b", uid).Right);
        Assert.Equal(ClaimRight.Disputed, MayClaim(world, "a", uid.ToUpperInvariant()).Right);

        world.Lies["b"].IsDown = true;
        await world.UntilAsync("b", ClusterState.Unreachable);
        Assert.Equal(ClaimRight.Disputed, MayClaim(world, "a", uid).Right);
        world.Serve(a with { Options = a.Options with { Takeover = true } }, b);
        Assert.Equal(ClaimRight.Yes, MayClaim(world, "a", uid).Right);
        world.Serve(a);
        Assert.NotEqual(ClaimRight.Disputed, MayClaim(world, "a", uid).Right);
        await world.UntilAsync(() => MayClaim(world, "a", uid).Right == ClaimRight.Yes);
    }

    [Fact]
    public async Task What_another_cluster_deleted_is_claimed()
    {
        await using var world = new ClustersWorld();
        var servers = (A: await world.StartServerAsync(), B: await world.StartServerAsync());
        var uid = await ClustersWorld.CreateAsync(servers.B, "cache");
        world.Serve(ClustersWorld.Define("a", servers.A), ClustersWorld.Define("b", servers.B));
        await world.UntilAsync(() => MayClaim(world, "a").Right == ClaimRight.Yes);
        Assert.Equal(ClaimRight.Disputed, MayClaim(world, "a", uid).Right);

        await ClustersWorld.SendAsync(servers.B, HttpMethod.Delete, "/apis/api.clever-cloud.com/v1/namespaces/a/redis/cache");

        await world.UntilAsync(() => MayClaim(world, "a", uid).Right == ClaimRight.Yes);
    }

    [Fact]
    public async Task A_copy_claims_nothing_and_one_server_twice_is_not_waited_for()
    {
        await using var world = new ClustersWorld(withLease: true);
        var server = await world.StartServerAsync();
        world.Lies["a"] = new Lies { KubeSystem = Uid };
        world.Lies["again"] = new Lies { KubeSystem = Uid };
        world.Lies["copy"] = new Lies { KubeSystem = Uid };
        var again = ClustersWorld.Define("again", server);
        var copy = ClustersWorld.Define("copy", await world.StartServerAsync());
        world.Serve(ClustersWorld.Define("a", server), again, copy with { Options = copy.Options with { Takeover = true } });
        await world.UntilAsync("again", ClusterState.Duplicate);
        await world.UntilAsync("copy", ClusterState.Clone);

        Assert.Equal(ClaimRight.Never, MayClaim(world, "copy").Right);
        Assert.StartsWith("cluster copy is a copy of a", MayClaim(world, "copy").Message, StringComparison.Ordinal);
        await world.UntilAsync(() => MayClaim(world, "a") == ClaimVerdict.Yes);
    }

    [Fact]
    public async Task What_a_cluster_has_that_another_instance_serves_is_listed_when_it_must_be_known()
    {
        await using var others = new ClustersWorld(withLease: true, "other");
        var servers = (A: await others.StartServerAsync(), B: await others.StartServerAsync());
        var uid = await ClustersWorld.CreateAsync(servers.B, "cache");
        var (a, b) = (ClustersWorld.Define("a", servers.A), ClustersWorld.Define("b", servers.B));
        others.Serve(b);
        await others.UntilAsync("b", ClusterState.Synced);
        await using var world = new ClustersWorld(withLease: true) { Beside = others };
        world.Serve(a, b);
        await world.UntilAsync("b", ClusterState.Standby);
        await world.UntilAsync("a", ClusterState.Synced);
        servers.B.Faults.Add(new FaultRule(new Fault.Refuse(403, "Forbidden", "not you")) { Resource = "redis.api.clever-cloud.com", Verb = "list" });

        await world.PassAsync(TimeSpan.FromSeconds(5));
        Assert.DoesNotContain(world.Log, line => line.Contains("failed to list", StringComparison.Ordinal));
        Assert.Equal(ClaimRight.Wait, MayClaim(world, "a").Right);
        await world.UntilAsync(() => world.Log.Any(line => line.Contains("b: failed to list", StringComparison.Ordinal)));
        Assert.Equal(ClaimRight.Wait, MayClaim(world, "a").Right);

        servers.B.Faults.Clear();
        await world.UntilAsync(() => MayClaim(world, "a") == ClaimVerdict.Yes);
        Assert.Equal(ClaimRight.Disputed, MayClaim(world, "a", uid).Right);

        // What was listed counts for a while only.
        servers.B.Faults.Add(new FaultRule(new Fault.Refuse(403, "Forbidden", "not you")) { Resource = "redis.api.clever-cloud.com", Verb = "list" });
        await world.UntilAsync(() => MayClaim(world, "a").Right == ClaimRight.Wait);
        servers.B.Faults.Clear();
        await world.UntilAsync(() => MayClaim(world, "a") == ClaimVerdict.Yes);
        Assert.Equal(ClusterState.Standby, world.Of("b")!.State);
    }

    private static ClaimVerdict MayClaim(ClustersWorld world, string cluster, string uid = "00000000-0000-4000-8000-0000000000aa") => world.Fleet.MayClaim(new ClusterId(cluster), uid);
}
