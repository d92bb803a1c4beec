using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Tests.Clusters;

/// <summary>Whose an add-on is by its name: there, gone, or not to be seen; and gone only where it was asked.</summary>
public sealed class HolderSearchTests
{
    private const string Nobody = "00000000-0000-4000-8000-00000000000c";

    [Fact]
    public async Task A_resource_that_is_there_is_read_live_with_its_consent()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        var uid = await ClustersWorld.CreateAsync(server, "cache");
        world.Serve(ClustersWorld.Define("a", server), ClustersWorld.Define("b", await world.StartServerAsync()));
        await world.UntilAsync("a", ClusterState.Synced);
        await world.UntilAsync("b", ClusterState.Synced);

        Assert.Equal((HolderState.Living, "a", ("a", "cache"), null), Told(await FindAsync(world, uid, "a", "a/cache")));

        // Not yet in any watch of ours: the consent is as the server has it.
        const string path = "/apis/api.clever-cloud.com/v1/namespaces/a/redis/cache";
        var shown = JsonNode.Parse(await ClustersWorld.SendAsync(server, HttpMethod.Get, path))!;
        shown["metadata"]!["annotations"] = new JsonObject { ["api.clever-cloud.com/hand-over"] = "b" };
        await ClustersWorld.SendAsync(server, HttpMethod.Put, path, shown.ToJsonString());
        Assert.Equal("b", (await FindAsync(world, uid, "a", "a/cache")).HandsOverTo);

        // The name was cut, or tells no cluster: the watches know the place.
        Assert.Equal((HolderState.Living, "a", ("a", "cache"), "b"), Told(await FindAsync(world, uid, "a", "a/ca~abcdef")));
        Assert.Equal((HolderState.Living, "a", ("a", "cache"), "b"), Told(await FindAsync(world, uid, null, null)));
    }

    [Fact]
    public async Task One_that_no_cluster_has_is_gone_only_while_each_that_could_have_it_can_be_asked()
    {
        await using var world = new ClustersWorld();
        world.Serve(ClustersWorld.Define("a", await world.StartServerAsync()), ClustersWorld.Define("b", await world.StartServerAsync()));
        await world.UntilAsync("a", ClusterState.Synced);
        await world.UntilAsync("b", ClusterState.Synced);
        Assert.Equal(HolderState.Gone, (await FindAsync(world, Nobody, "a", "a/cache")).State);
        Assert.Equal(HolderState.Gone, (await FindAsync(world, Nobody, null, null)).State);

        world.Lies["b"].IsDown = true;
        await world.UntilAsync("b", ClusterState.Unreachable);
        Assert.Equal(HolderState.Gone, (await FindAsync(world, Nobody, "a", "a/cache")).State);
        Assert.Equal((HolderState.Unseen, "b"), (await FindAsync(world, Nobody, "b", "a/cache")) is var lost ? (lost.State, lost.Cluster) : default);
        Assert.Equal(HolderState.Unseen, (await FindAsync(world, Nobody, null, null)).State);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_the_question_is_not_believed_to_have_none()
    {
        await using var world = new ClustersWorld();
        world.Serve(ClustersWorld.Define("a", await world.StartServerAsync()));
        await world.UntilAsync("a", ClusterState.Synced);

        // Synced a moment ago, and no answer now.
        world.Lies["a"].IsDown = true;
        Assert.Equal(HolderState.Unseen, (await FindAsync(world, Nobody, "a", "a/cache")).State);
    }

    [Fact]
    public async Task What_is_not_served_is_not_seen()
    {
        await using var world = new ClustersWorld();
        world.Serve(ClustersWorld.Define("a", await world.StartServerAsync(), "a"));
        await world.UntilAsync("a", ClusterState.Synced);

        Assert.Equal(HolderState.Gone, (await FindAsync(world, Nobody, "a", "a/cache")).State);
        Assert.Contains("namespace b is not served", (await FindAsync(world, Nobody, "a", "b/cache")).Problem, StringComparison.Ordinal);
        Assert.Equal(HolderState.Unseen, (await FindAsync(world, Nobody, "a", "b/ca~abcdef")).State);
        Assert.Equal((HolderState.Unseen, "elsewhere"), (await FindAsync(world, Nobody, "elsewhere", "a/cache")) is var other ? (other.State, other.Cluster) : default);
    }

    private static Task<Holder> FindAsync(ClustersWorld world, string uid, string? cluster, string? place)
    {
        var name = cluster is null ? AddonName.Bare("Redis", uid) : $"{AddonName.Bare("Redis", uid)}::{cluster}/{place}";
        return world.Fleet.FindHolderAsync(AddonCatalog.ByPlural("redis")!, AddonName.Read(name)!, AddonName.PlaceOf(name), TestContext.Current.CancellationToken);
    }

    private static (HolderState, string, (string, string)?, string?) Told(Holder holder) => (holder.State, holder.Cluster, holder.Place, holder.HandsOverTo);
}
