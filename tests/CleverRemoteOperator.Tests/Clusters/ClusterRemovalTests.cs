using CleverRemoteOperator.Observability;

namespace CleverRemoteOperator.Tests.Clusters;

public sealed class ClusterRemovalTests
{
    [Fact]
    public async Task A_removed_cluster_finishes_what_it_began_and_leaves_nothing_behind()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        var finish = new TaskCompletionSource();
        world.Reconcile = token => finish.Task.WaitAsync(token);
        await ClustersWorld.CreateAsync(server, "cache");
        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync(() => !world.Reconciled.IsEmpty);

        world.Serve();
        await world.UntilAsync("paris", ClusterState.Removed);
        finish.SetResult();

        Assert.InRange(await world.UntilAsync(() => world.Of("paris") is null), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.DoesNotContain("paris", await world.MetricsPageAsync(), StringComparison.Ordinal);
        await world.UntilAsync(() => server.OpenWatches == 0);
    }

    [Fact]
    public async Task A_reconcile_that_hangs_holds_up_a_removal_for_20_s_at_most()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        var cancelled = false;
        world.Reconcile = async token =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, world.Time, token);
            }
            finally
            {
                cancelled = token.IsCancellationRequested;
            }
        };
        await ClustersWorld.CreateAsync(server, "cache");
        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync(() => !world.Reconciled.IsEmpty);

        world.Serve();

        Assert.InRange(await world.UntilAsync(() => world.Of("paris") is null), TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(25));
        Assert.True(cancelled);
    }

    [Fact]
    public async Task A_cluster_added_again_starts_from_a_fresh_list()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        await ClustersWorld.CreateAsync(server, "first");
        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync("paris", ClusterState.Synced);
        await world.UntilAsync(() => world.Reconciled.Any(key => key.Name == "first"));
        world.Serve();
        await world.UntilAsync(() => world.Of("paris") is null);
        await ClustersWorld.SendAsync(server, HttpMethod.Delete, "/apis/api.clever-cloud.com/v1/namespaces/a/redis/first");
        await ClustersWorld.CreateAsync(server, "second");
        world.Reconciled.Clear();

        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync("paris", ClusterState.Synced);
        await world.UntilAsync(() => !world.Reconciled.IsEmpty);

        Assert.Equal(["second"], world.Reconciled.Select(key => key.Name));
        Assert.Equal(1, world.Of("paris")!.Resources.Sum(count => count.Count));
    }

    [Fact]
    public async Task A_namespace_taken_away_is_watched_no_longer()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        world.Serve(ClustersWorld.Define("paris", server, "a", "b"));
        await world.UntilAsync("paris", ClusterState.Synced);
        var before = server.OpenWatches;

        world.Serve(ClustersWorld.Define("paris", server, "a"));
        await world.UntilAsync(() => world.Of("paris")?.State == ClusterState.Synced && server.OpenWatches == before / 2);
        await ClustersWorld.CreateAsync(server, "not-ours", "b");
        await ClustersWorld.CreateAsync(server, "ours");
        await world.UntilAsync(() => world.Reconciled.Any(key => key.Name == "ours"));

        Assert.DoesNotContain(world.Reconciled, key => key.Name == "not-ours");
    }
}
