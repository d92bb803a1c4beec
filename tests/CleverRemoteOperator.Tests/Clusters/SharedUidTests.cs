using System.Collections.Concurrent;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Tests.Clusters;

/// <summary>A server that shows one uid twice is found out across the kinds, namespaces and loops of its cluster.</summary>
public sealed class SharedUidTests
{
    private readonly ConcurrentQueue<IResourceReader> _loops = new();

    [Theory]
    [InlineData("a", "redis", "Redis")]
    [InlineData("b", "redis", "Redis")]
    [InlineData("a", "kvs", "KV")]
    [InlineData("b", "kvs", "KV")]
    public async Task Two_resources_of_one_uid_are_both_told_and_looked_at_again_when_one_goes(string @namespace, string plural, string kind)
    {
        await using var world = new ClustersWorld();
        world.Reconcilers = (_, resources, _, _) =>
        {
            _loops.Enqueue(resources);
            return world;
        };
        var server = await world.StartServerAsync();
        var uid = await ClustersWorld.CreateAsync(server, "cache");
        await ClustersWorld.CreateAsync(server, "alone");
        world.Lies["paris"] = new Lies();
        world.Serve(ClustersWorld.Define("paris", server, "a", "b"));
        await world.UntilAsync("paris", ClusterState.Synced);
        await world.UntilAsync(() => world.Reconciled.Count == 2);
        Assert.False(IsShared("a", "redis", "Redis", "cache"));

        // The server begins to lie when the watches are made anew.
        var other = await ClustersWorld.CreateAsync(server, "other", @namespace, plural, kind);
        world.Lies["paris"].Uids[other] = uid;
        world.Serve(ClustersWorld.Define("paris", server, "b", "a"));
        await world.UntilAsync(() => _loops.Count == 4);
        await world.UntilAsync("paris", ClusterState.Synced);

        await world.UntilAsync(() => IsShared("a", "redis", "Redis", "cache"));
        Assert.True(IsShared(@namespace, plural, kind, "other"));
        Assert.False(IsShared("a", "redis", "Redis", "alone"));

        await world.PassAsync(TimeSpan.FromSeconds(2));
        world.Reconciled.Clear();
        await ClustersWorld.SendAsync(server, HttpMethod.Delete, $"/apis/api.clever-cloud.com/v1/namespaces/{@namespace}/{plural}/other");
        await world.UntilAsync(() => world.Reconciled.Any(key => key.Name == "cache"));
        Assert.False(IsShared("a", "redis", "Redis", "cache"));
        Assert.DoesNotContain(world.Reconciled, key => key.Name == "alone");
    }

    private bool IsShared(string @namespace, string plural, string kind, string name)
    {
        var key = new ReconcileKey(new ClusterId("paris"), new ApiResource("api.clever-cloud.com", "v1", plural, kind), @namespace, name);
        var (loop, resource) = _loops.TakeLast(2).Select(loop => (Loop: loop, Resource: loop.Find(key))).FirstOrDefault(found => found.Resource is not null);
        return resource is not null && loop!.IsUidShared(resource);
    }
}
