using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using CleverRemoteOperator.Sandbox.KubernetesApi.Faults;

namespace CleverRemoteOperator.Tests.Clusters;

public sealed class DuplicateClusterTests
{
    [Fact]
    public async Task One_API_server_configured_twice_is_served_once_and_the_other_says_so_until_the_first_goes()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        await ClustersWorld.CreateAsync(server, "cache");
        var (first, second) = (ClustersWorld.Define("first", server), ClustersWorld.Define("second", server, "a"));
        world.Serve(first, second);

        await world.UntilAsync("first", ClusterState.Synced);
        await world.UntilAsync("second", ClusterState.Duplicate);
        await world.UntilAsync(() => !world.Reconciled.IsEmpty);
        Assert.All(world.Reconciled, key => Assert.Equal("first", key.Cluster.Name));
        Assert.Equal(
            "clusters second (second.yaml) and first (first.yaml) are the same API server and both include namespace a: "
            + "only first is served. Remove one of them, or give them different namespaces",
            world.Of("second")!.LastError);

        world.Serve(second);
        await world.UntilAsync("second", ClusterState.Synced);
    }

    [Fact]
    public async Task Another_address_of_the_same_server_is_told_by_the_uid_of_kube_system()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        var first = ClustersWorld.Define("first", server);
        var other = ClustersWorld.Define("second", first.Kubeconfig!.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        Assert.NotEqual(first.Kubeconfig, other.Kubeconfig);
        world.Serve(first);
        await world.UntilAsync("first", ClusterState.Synced);

        world.Serve(first, other);

        await world.UntilAsync("second", ClusterState.Duplicate);
    }

    [Fact]
    public async Task Where_kube_system_may_not_be_read_the_Lease_tells_that_two_addresses_are_one_server()
    {
        await using var world = new ClustersWorld(withLease: true);
        var server = await world.StartServerAsync();
        server.Faults.Add(new FaultRule(new Fault.Refuse(403, "Forbidden", "not you")) { Resource = "namespaces" });
        var first = ClustersWorld.Define("first", server, "a");
        var other = ClustersWorld.Define("second", first.Kubeconfig!.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), "a");
        world.Serve(first);
        await world.UntilAsync("first", ClusterState.Synced);

        world.Serve(first, other);
        await world.UntilAsync("second", ClusterState.Duplicate);
        await ClustersWorld.CreateAsync(server, "cache");
        await world.UntilAsync(() => !world.Reconciled.IsEmpty);
        Assert.All(world.Reconciled, key => Assert.Equal("first", key.Cluster.Name));

        world.Serve(other);
        await world.UntilAsync("second", ClusterState.Synced);
    }

    [Fact]
    public async Task A_cluster_that_cannot_be_served_leaves_its_server_to_another_of_the_same()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        world.Serve(ClustersWorld.Define("first", server.Kubeconfig(ClusterUser.Denied)), ClustersWorld.Define("second", server));

        Assert.InRange(await world.UntilAsync(() => world.Of("second")?.State == ClusterState.Synced), TimeSpan.Zero, TimeSpan.FromSeconds(30));

        await world.UntilAsync("first", ClusterState.Forbidden);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal((ClusterState.Forbidden, ClusterState.Synced), (world.Of("first")!.State, world.Of("second")!.State));
        Assert.Single(world.Log, line => line.Contains("second: connected", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_answer_holds_up_those_configured_after_it_for_5_seconds_and_what_cannot_even_be_asked_not_at_all()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        world.Serve(ClustersWorld.Define("broken", "no kubeconfig"), ClustersWorld.Define("second", server));
        Assert.InRange(await world.UntilAsync(() => world.Of("second")?.State == ClusterState.Synced), TimeSpan.Zero, TimeSpan.FromSeconds(3));

        var silent = await world.StartServerAsync();
        silent.Faults.Add(new FaultRule(new Fault.HangBeforeHeaders()));
        world.Serve(ClustersWorld.Define("silent", silent), ClustersWorld.Define("third", server));
        Assert.InRange(await world.UntilAsync(() => world.Of("third")?.State == ClusterState.Synced), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task One_API_server_may_be_configured_twice_with_different_namespaces()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        world.Serve(ClustersWorld.Define("first", server, "a"), ClustersWorld.Define("second", server, "b"));

        await world.UntilAsync("first", ClusterState.Synced);
        await world.UntilAsync("second", ClusterState.Synced);
    }
}
