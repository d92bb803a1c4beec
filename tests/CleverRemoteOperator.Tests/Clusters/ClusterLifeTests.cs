using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Sandbox.KubernetesApi;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using CleverRemoteOperator.Sandbox.KubernetesApi.Faults;

namespace CleverRemoteOperator.Tests.Clusters;

public sealed class ClusterLifeTests
{
    [Fact]
    public async Task A_cluster_that_stops_answering_is_let_go_after_five_probes_and_served_again_once_it_answers()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync("paris", ClusterState.Synced);

        server.Faults.Add(new FaultRule(new Fault.HangBeforeHeaders()));
        await world.UntilAsync("paris", ClusterState.Degraded);
        Assert.Contains("no answer within 5 s", world.Of("paris")!.LastError, StringComparison.Ordinal);
        await world.UntilAsync("paris", ClusterState.Unreachable);
        // The server hears of a closed connection a moment after the operator has closed it, which needs no time to pass here.
        await ClustersWorld.AtOnceAsync(() => server.OpenWatches == 0);
        server.Requests.Clear();
        Assert.InRange(await world.UntilAsync(() => server.Requests.All.Values.Sum() >= 3), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(110));

        server.Faults.Clear();
        await ClustersWorld.CreateAsync(server, "cache");
        await world.UntilAsync("paris", ClusterState.Synced);
        await world.UntilAsync(() => world.Reconciled.Any(key => key.Name == "cache"));
    }

    [Fact]
    public async Task A_cluster_without_definitions_says_so_and_serves_those_that_come_one_after_the_other_within_seconds()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartBareServerAsync();
        world.Serve(ClustersWorld.Define("paris", server));

        await world.UntilAsync(() => world.Log.Any(line => line.Contains("paris: Degraded: none of", StringComparison.Ordinal) && line.Contains("crd view", StringComparison.Ordinal)));
        Assert.Equal(ClusterState.Degraded, world.Of("paris")!.State);
        Assert.Contains("custom resource definitions is installed", world.Of("paris")!.LastError, StringComparison.Ordinal);

        await ClustersWorld.DefineTypeAsync(server, "redis");
        Assert.InRange(await world.UntilAsync(() => world.Of("paris")?.State == ClusterState.Synced), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await ClustersWorld.DefineTypeAsync(server, "kvs");
        await ClustersWorld.CreateAsync(server, "store", plural: "kvs", kind: "KV");

        Assert.InRange(await world.UntilAsync(() => world.Reconciled.Any(key => key.Name == "store")), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_cluster_that_takes_no_status_is_Degraded_until_it_does()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync("paris", ClusterState.Synced);
        var refusals = world.Memories.Of(new ClusterId("paris")).StatusRefusals;

        refusals.Refused(ApiResource.Secrets, "PATCH x: 403 Forbidden");
        await world.UntilAsync("paris", ClusterState.Degraded);
        Assert.Equal("cannot write statuses: PATCH x: 403 Forbidden", world.Of("paris")!.LastError);

        refusals.Accepted(ApiResource.Secrets);
        await world.UntilAsync("paris", ClusterState.Synced);
        refusals.Refused(ApiResource.Secrets, "nobody asks any more");
        await world.UntilAsync("paris", ClusterState.Degraded);
        Assert.InRange(await world.UntilAsync(() => world.Of("paris")?.State == ClusterState.Synced), TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(65));
    }

    [Fact]
    public async Task A_cluster_that_stops_answering_is_noticed_although_the_clock_was_set_back_an_hour()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync("paris", ClusterState.Synced);

        world.Wall.Ahead = TimeSpan.FromHours(-1);
        server.Faults.Add(new FaultRule(new Fault.HangBeforeHeaders()));

        Assert.InRange(await world.UntilAsync(() => world.Of("paris")?.State == ClusterState.Unreachable), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Clusters_that_never_answer_their_lists_do_not_hold_up_those_of_another()
    {
        await using var world = new ClustersWorld();
        List<KubernetesApiServer> hanging = [];
        for (var number = 0; number < 5; number++)
        {
            hanging.Add(await world.StartServerAsync());
            hanging[^1].Faults.Add(new FaultRule(new Fault.HangBeforeHeaders()) { Verb = "watch" });
            hanging[^1].Faults.Add(new FaultRule(new Fault.HangBeforeHeaders()) { Verb = "list" });
        }

        var healthy = await world.StartServerAsync();
        var dead = hanging.Select((server, number) => ClustersWorld.Define($"dead-{number}", server)).ToList();
        world.Serve(dead);
        await world.UntilAsync(() => hanging.TrueForAll(server => server.Requests.All.Values.Sum() >= 4));

        world.Serve([.. dead, ClustersWorld.Define("healthy", healthy)]);

        Assert.InRange(await world.UntilAsync(() => world.Of("healthy")?.State == ClusterState.Synced), TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_resource_that_cannot_be_read_is_logged_once_and_again_only_when_its_problem_changes()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        const string bad = """{"type":"MODIFIED","object":{"apiVersion":"api.clever-cloud.com/v1","kind":"Redis","metadata":{"name":"bad","namespace":"a","uid":"u","resourceVersion":"1"},"spec":"text"}}""" + "\n";
        server.Faults.Add(new FaultRule(new Fault.WatchLine(bad + bad + bad, Ends: false)) { Resource = "redis.api.clever-cloud.com" });
        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync("paris", ClusterState.Synced);

        await world.PassAsync(TimeSpan.FromMinutes(12));

        Assert.True(server.Requests.All.Values.Sum() > 10);
        Assert.Single(world.Log, line => line.Contains("a/bad, which cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cluster_that_refuses_us_is_unauthorized_and_asked_less_and_less_often()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        server.Faults.Add(new FaultRule(new Fault.Refuse(401, "Unauthorized", "Unauthorized")));
        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync("paris", ClusterState.Unauthorized);

        server.Requests.Clear();
        await world.PassAsync(TimeSpan.FromMinutes(6));

        Assert.InRange(server.Requests.All.Values.Sum(), 1, 9);
        Assert.Equal(ClusterState.Unauthorized, world.Of("paris")!.State);
        Assert.Contains("Unauthorized", world.Of("paris")!.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_kubeconfig_takes_effect_at_once_however_long_the_old_one_was_to_wait()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        var good = server.Kubeconfig(ClusterUser.Admin);
        world.Serve(ClustersWorld.Define("paris", good.Replace(server.Token(ClusterUser.Admin), "an-old-token", StringComparison.Ordinal)));
        await world.UntilAsync("paris", ClusterState.Unauthorized);
        await world.PassAsync(TimeSpan.FromMinutes(3));

        world.Serve(ClustersWorld.Define("paris", good));

        Assert.InRange(await world.UntilAsync(() => world.Of("paris")?.State == ClusterState.Synced), TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_right_that_is_missing_for_one_kind_stops_that_kind_only_and_is_named_until_it_is_granted()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        const string message = "redis.api.clever-cloud.com is forbidden: User \"operator\" cannot watch resource \"redis\" in API group \"api.clever-cloud.com\"";
        server.Faults.Add(new FaultRule(new Fault.Refuse(403, "Forbidden", message)) { Verb = "watch", Resource = "redis.api.clever-cloud.com" });
        await ClustersWorld.CreateAsync(server, "held");
        await ClustersWorld.CreateAsync(server, "served", plural: "kvs", kind: "KV");
        world.Serve(ClustersWorld.Define("paris", server, "a"));

        await world.UntilAsync("paris", ClusterState.Degraded);
        await world.UntilAsync(() => world.Reconciled.Any(key => key.Name == "served"));
        Assert.Contains("cannot watch resource \"redis\"", world.Of("paris")!.LastError, StringComparison.Ordinal);
        Assert.Contains("{cluster=\"paris\",verb=\"watch\",resource=\"redis\",status=\"403\"}", await world.MetricsPageAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(world.Reconciled, key => key.Name == "held");

        server.Faults.Clear();
        await world.UntilAsync(() => world.Reconciled.Any(key => key.Name == "held"));
        await world.UntilAsync("paris", ClusterState.Synced);
    }

    [Fact]
    public async Task A_cluster_that_forbids_everything_is_forbidden_and_no_other_is_touched()
    {
        await using var world = new ClustersWorld();
        var (closed, open) = (await world.StartServerAsync(), await world.StartServerAsync());
        world.Serve(ClustersWorld.Define("closed", closed.Kubeconfig(ClusterUser.Admin).Replace(
            closed.Token(ClusterUser.Admin), closed.Token(ClusterUser.Denied), StringComparison.Ordinal), "a"), ClustersWorld.Define("open", open));

        await world.UntilAsync("closed", ClusterState.Forbidden);
        await world.UntilAsync("open", ClusterState.Synced);
        await ClustersWorld.CreateAsync(open, "cache");
        await world.UntilAsync(() => world.Reconciled.Any(key => key.Cluster.Name == "open"));
    }

    [Fact]
    public async Task A_definition_installed_later_is_found_and_its_metrics_go_when_it_goes()
    {
        await using var world = new ClustersWorld();
        var server = await world.StartServerAsync();
        const string definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/kvs.api.clever-cloud.com";
        var yaml = await File.ReadAllTextAsync(RepositoryFiles.Path("deployments/crds/product/kvs.api.clever-cloud.com.yaml"));
        await ClustersWorld.SendAsync(server, HttpMethod.Delete, definition);
        world.Serve(ClustersWorld.Define("paris", server));
        await world.UntilAsync("paris", ClusterState.Synced);

        await ClustersWorld.SendAsync(server, HttpMethod.Post, Path.GetDirectoryName(definition)!, yaml);
        await ClustersWorld.CreateAsync(server, "late", plural: "kvs", kind: "KV");
        await world.UntilAsync(() => world.Reconciled.Any(key => key.Name == "late"));
        Assert.Contains("clever_operator_watch_age_seconds{cluster=\"paris\",kind=\"KV\"}", await world.MetricsPageAsync(), StringComparison.Ordinal);

        await ClustersWorld.SendAsync(server, HttpMethod.Delete, definition);
        while ((await world.MetricsPageAsync()).Contains("watch_age_seconds{cluster=\"paris\",kind=\"KV\"}", StringComparison.Ordinal))
        {
            await world.PassAsync(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(4, server.OpenWatches);
    }
}
