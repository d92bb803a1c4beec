using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Sandbox.KubernetesApi;
using CleverRemoteOperator.Sandbox.KubernetesApi.Faults;

namespace CleverRemoteOperator.Tests.Clusters;

/// <summary>Two clusters whose storage has one origin are told apart by what is seen live: one server twice, or a copy.</summary>
public sealed class CloneTests
{
    private const string Uid = "00000000-0000-4000-8000-00000000000c";

    [Fact]
    public async Task A_copy_is_served_and_says_so_however_the_original_fares()
    {
        await using var world = new ClustersWorld(withLease: true);
        var (original, copy) = await StartAsync(world);
        world.Serve(original, copy);

        await world.UntilAsync("a", ClusterState.Synced);
        await world.UntilAsync("b", ClusterState.Clone);
        await world.UntilAsync(() => world.Reconciled.Select(key => key.Cluster.Name).Distinct().Count() == 2);
        Assert.StartsWith("b (b.yaml) is a copy of a (a.yaml). Both are served: ", world.Of("b")!.LastError, StringComparison.Ordinal);
        Assert.Single(world.Log, line => line.Contains("b: Clone: b (b.yaml) is a copy of a", StringComparison.Ordinal));
        Assert.Contains("clever_operator_cluster_state{cluster=\"b\",state=\"clone\"} 1", await world.MetricsPageAsync(), StringComparison.Ordinal);

        world.Lies["a"].IsDown = true;
        await world.UntilAsync("a", ClusterState.Unreachable);
        Assert.Equal(ClusterState.Clone, world.Of("b")!.State);

        // Connected to anew while the original is down.
        world.Serve(original, copy with { Options = copy.Options with { Takeover = true } });
        await world.UntilAsync(() => world.Log.Count(line => line.Contains("b: connected", StringComparison.Ordinal)) == 2);
        await world.UntilAsync("b", ClusterState.Clone);

        world.Serve(copy);
        await world.UntilAsync("b", ClusterState.Synced);
    }

    [Fact]
    public async Task A_new_process_knows_a_copy_by_its_Lease_while_the_original_is_down()
    {
        await using var world = new ClustersWorld(withLease: true);
        var (original, copy) = await StartAsync(world);
        world.Serve(original, copy);
        await world.UntilAsync("b", ClusterState.Clone);
        world.Serve();
        await world.UntilAsync(() => world.Of("a") is null && world.Of("b") is null);

        await using var next = new ClustersWorld(withLease: true);
        next.Lies["a"] = new Lies { IsDown = true };
        next.Lies["b"] = new Lies { KubeSystem = Uid };
        next.Serve(original, copy);

        await next.UntilAsync("b", ClusterState.Clone);
        Assert.Equal(ClusterState.Unreachable, next.Of("a")!.State);
    }

    [Fact]
    public async Task A_copy_made_after_it_was_served_waits_for_its_original_whose_name_is_in_its_Lease()
    {
        await using var world = new ClustersWorld(withLease: true);
        var (original, copy) = await StartAsync(world);
        // The Lease of b says that it is a's: so it is after the storage was copied.
        world.Serve(ClustersWorld.Define("a", copy.Kubeconfig!));
        await world.UntilAsync("a", ClusterState.Synced);
        world.Serve();
        await world.UntilAsync(() => world.Of("a") is null);

        world.Lies["a"].IsDown = true;
        world.Serve(original, copy);
        await world.UntilAsync("b", ClusterState.Duplicate);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.StartsWith("its Lease default/clever-remote-operator says that it is the same server as a, which does not answer", world.Of("b")!.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Reconciled, key => key.Cluster.Name == "b");

        world.Lies["a"].IsDown = false;
        await world.UntilAsync("b", ClusterState.Clone);
        await world.UntilAsync("a", ClusterState.Synced);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_server_under_two_addresses_is_served_once_however_the_first_fares(bool withLease)
    {
        await using var world = new ClustersWorld(withLease);
        var (first, second) = await StartOneUnderTwoAddressesAsync(world);
        world.Serve(first, second);
        await world.UntilAsync("first", ClusterState.Synced);
        await world.UntilAsync("second", ClusterState.Duplicate);

        world.Lies["first"].IsDown = true;
        await world.UntilAsync("first", ClusterState.Unreachable);
        var requests = await RequestsAsync(world, "second");
        await world.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(ClusterState.Duplicate, world.Of("second")!.State);
        Assert.Equal(requests, await RequestsAsync(world, "second"));
        // Its kubeconfig changes, to the same server.
        world.Serve(first, second with { Options = second.Options with { Takeover = true } });
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(ClusterState.Duplicate, world.Of("second")!.State);
        world.Serve(first with { Options = first.Options with { Takeover = true } }, second);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((ClusterState.Unreachable, ClusterState.Duplicate), (world.Of("first")!.State, world.Of("second")!.State));
        Assert.DoesNotContain(world.Reconciled, key => key.Cluster.Name == "second");

        if (withLease)
        {
            await world.StopAsync();
            await using var next = new ClustersWorld(withLease: true);
            next.Lies["first"] = new Lies { IsDown = true };
            next.Serve(first, second);
            await next.UntilAsync("second", ClusterState.Duplicate);
            await next.PassAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(ClusterState.Duplicate, next.Of("second")!.State);
            next.Serve(second);
            await next.UntilAsync("second", ClusterState.Synced);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_earlier_of_one_server_takes_over_from_the_later_and_never_are_both_at_work(bool withLease)
    {
        await using var world = new ClustersWorld(withLease);
        var (first, second) = await StartOneUnderTwoAddressesAsync(world);
        world.Lies["first"].IsDown = true;
        var (running, most) = (0, 0);
        var finish = new TaskCompletionSource();
        world.Reconcile = async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await finish.Task;
            Interlocked.Decrement(ref running);
        };
        world.Serve(first, second);
        await world.UntilAsync("second", ClusterState.Synced);
        await world.UntilAsync(() => !world.Reconciled.IsEmpty);

        world.Lies["first"].IsDown = false;
        await world.UntilAsync("first", ClusterState.Duplicate);
        await world.PassAsync(TimeSpan.FromSeconds(5));
        Assert.DoesNotContain(world.Reconciled, key => key.Cluster.Name == "first");
        finish.SetResult();
        await world.UntilAsync("first", ClusterState.Synced);
        await world.UntilAsync("second", ClusterState.Duplicate);
        await world.UntilAsync(() => world.Reconciled.Any(key => key.Cluster.Name == "first"));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Where_nothing_but_the_Lease_names_the_earlier_cluster_the_later_waits_for_it()
    {
        await using var world = new ClustersWorld(withLease: true);
        var server = await world.StartServerAsync();
        server.Faults.Add(new FaultRule(new Fault.Refuse(403, "Forbidden", "not you")) { Resource = "namespaces" });
        var (first, second) = Twice(server);
        world.Serve(first);
        await world.UntilAsync("first", ClusterState.Synced);
        await world.StopAsync();

        await using var next = new ClustersWorld(withLease: true);
        next.Lies["first"] = new Lies { IsDown = true };
        next.Serve(first, second);
        await next.UntilAsync("second", ClusterState.Duplicate);
        await next.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(ClusterState.Duplicate, next.Of("second")!.State);
        next.Lies["first"].IsDown = false;
        await next.UntilAsync("first", ClusterState.Synced);
        await next.PassAsync(TimeSpan.FromSeconds(10));
        Assert.DoesNotContain(next.Log, line => line.Contains("second: connected", StringComparison.Ordinal));
        Assert.StartsWith("clusters second (second.yaml) and first (first.yaml) are the same API server", next.Of("second")!.LastError, StringComparison.Ordinal);
    }

    private static async Task<(ClusterDefinition Original, ClusterDefinition Copy)> StartAsync(ClustersWorld world)
    {
        KubernetesApiServer[] servers = [await world.StartServerAsync(), await world.StartServerAsync()];
        foreach (var server in servers)
        {
            await ClustersWorld.CreateAsync(server, "cache");
        }

        world.Lies["a"] = new Lies { KubeSystem = Uid };
        world.Lies["b"] = new Lies { KubeSystem = Uid };
        return (ClustersWorld.Define("a", servers[0]), ClustersWorld.Define("b", servers[1]));
    }

    private static async Task<(ClusterDefinition First, ClusterDefinition Second)> StartOneUnderTwoAddressesAsync(ClustersWorld world)
    {
        var server = await world.StartServerAsync();
        await ClustersWorld.CreateAsync(server, "cache");
        world.Lies["first"] = new Lies();
        return Twice(server);
    }

    private static async Task<string[]> RequestsAsync(ClustersWorld world, string cluster) =>
        [.. (await world.MetricsPageAsync()).Split('\n').Where(line => line.StartsWith($"clever_operator_kubernetes_requests_total{{cluster=\"{cluster}\"", StringComparison.Ordinal))];

    private static (ClusterDefinition First, ClusterDefinition Second) Twice(KubernetesApiServer server)
    {
        var first = ClustersWorld.Define("first", server);
        return (first, ClustersWorld.Define("second", first.Kubeconfig!.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));
    }
}
