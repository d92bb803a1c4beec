using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Sandbox.KubernetesApi;
using CleverRemoteOperator.Sandbox.KubernetesApi.Faults;

namespace CleverRemoteOperator.Tests.Clusters;

/// <summary>API servers that are away, or ask for patience, for some seconds.</summary>
public sealed class OutageTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_restarts_within_15_s_is_no_warning_and_no_other_state_and_is_served_at_once_afterwards(bool withLease)
    {
        await using var world = new ClustersWorld(withLease);
        var server = await world.StartServerAsync();
        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync("paris", ClusterState.Synced);
        world.Log.Clear();

        await FailAsync(world, server, TimeSpan.FromSeconds(14));
        await ClustersWorld.CreateAsync(server, "cache");

        Assert.InRange(await world.UntilAsync(() => world.Reconciled.Any(key => key.Name == "cache")), TimeSpan.Zero, TimeSpan.FromSeconds(11));
        await world.UntilAsync("paris", ClusterState.Synced);
        Assert.DoesNotContain(world.Log, line => line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal));
        Assert.DoesNotContain(world.Log, line => line.Contains("Degraded", StringComparison.Ordinal) || line.Contains("Unreachable", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_41_s_without_API_server_it_is_served_within_11_s(bool withLease)
    {
        await using var world = new ClustersWorld(withLease);
        var server = await world.StartServerAsync();
        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync("paris", ClusterState.Synced);

        await FailAsync(world, server, TimeSpan.FromSeconds(41));
        await ClustersWorld.CreateAsync(server, "cache");

        Assert.InRange(await world.UntilAsync(() => world.Reconciled.Any(key => key.Name == "cache")), TimeSpan.Zero, TimeSpan.FromSeconds(11));
        Assert.Contains(world.Log, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("paris", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Definitions_that_are_new_are_no_warning_and_cost_no_time_once_the_server_has_initialized_them()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        await ClustersWorld.CreateAsync(server, "cache");
        foreach (var verb in new[] { "watch", "list" })
        {
            server.Faults.Add(new FaultRule(Fault.TooManyRequests(1)) { Verb = verb, UserAgent = "clever-remote-operator" });
        }

        world.Serve(ClustersWorld.Define("paris", server));
        await world.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(ClusterState.Connecting, world.Of("paris")!.State);
        server.Faults.Clear();

        Assert.InRange(await world.UntilAsync(() => world.Of("paris")?.State == ClusterState.Synced), TimeSpan.Zero, TimeSpan.FromSeconds(4));
        await world.UntilAsync(() => world.Reconciled.Any(key => key.Name == "cache"));
        Assert.DoesNotContain(world.Log, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.DoesNotContain(world.Log, line => line.Contains("Degraded", StringComparison.Ordinal));
    }

    private static async Task FailAsync(ClustersWorld world, KubernetesApiServer server, TimeSpan duration)
    {
        server.CloseWatches();
        server.Faults.Add(new FaultRule(new Fault.Drop()) { UserAgent = "clever-remote-operator" });
        await world.PassAsync(duration);
        server.Faults.Clear();
    }
}
