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
    public async Task Definitions_that_are_new_are_no_warning_while_the_server_asks_for_patience()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        server.Faults.Add(new FaultRule(Fault.TooManyRequests(1)) { Verb = "watch", Times = 20 });
        world.Serve(ClustersWorld.Define("paris", server));

        Assert.InRange(await world.UntilAsync(() => world.Of("paris")?.State == ClusterState.Synced), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(30));

        Assert.DoesNotContain(world.Log, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.DoesNotContain(world.Log, line => line.Contains("Degraded", StringComparison.Ordinal));
    }

    private static async Task FailAsync(ClustersWorld world, KubernetesApiServer server, TimeSpan duration)
    {
        server.CloseWatches();
        server.Faults.Add(new FaultRule(new Fault.Drop()) { UserAgent = "clever-remote-operator" });
        var end = world.Time.GetUtcNow() + duration;
        await world.UntilAsync(() => world.Time.GetUtcNow() >= end);
        server.Faults.Clear();
    }
}
