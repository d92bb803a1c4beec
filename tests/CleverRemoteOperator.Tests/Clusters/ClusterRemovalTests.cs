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
    public async Task A_cluster_that_comes_back_while_its_last_reconcile_still_runs_has_never_two_workers()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        var (running, most) = (0, 0);
        var finish = new TaskCompletionSource();
        world.Reconcile = async token =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await finish.Task.WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Decrement(ref running);
        };
        await ClustersWorld.CreateAsync(server, "cache");
        var paris = ClustersWorld.Define("paris", server);
        world.Serve(paris);
        await world.UntilAsync(() => !world.Reconciled.IsEmpty);

        world.Serve();
        await world.PassAsync(TimeSpan.FromSeconds(3));
        world.Serve(paris);
        await world.PassAsync(TimeSpan.FromSeconds(10));
        finish.SetResult();
        await world.UntilAsync("paris", ClusterState.Synced);
        await world.UntilAsync(() => world.Reconciled.Count > 1);

        Assert.Equal(1, most);
        Assert.Contains("clever_operator_cluster_state{cluster=\"paris\"", await world.MetricsPageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_learned_of_a_cluster_is_forgotten_when_it_leaves_the_configuration_and_not_when_it_changes()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        var (paris, changed) = (ClustersWorld.Define("paris", server), ClustersWorld.Define("paris", server, "a"));
        world.Serve(paris);
        await world.UntilAsync("paris", ClusterState.Synced);

        world.Serve(changed);
        await world.UntilAsync("paris", ClusterState.Synced);
        world.Serve(changed);
        world.Serve();
        await world.PassAsync(TimeSpan.FromSeconds(2));
        world.Serve(changed);
        world.Serve(changed);
        Assert.Empty(world.Forgotten);

        world.Serve();
        await world.UntilAsync(() => world.Of("paris") is null);
        world.Serve();
        Assert.Equal([paris.Id], world.Forgotten);
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
