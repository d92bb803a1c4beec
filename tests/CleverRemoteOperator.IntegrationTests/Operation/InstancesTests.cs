using System.Diagnostics;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.CleverApi.Control;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>Two operators that know the same cluster, as at every redeploy.</summary>
public sealed class InstancesTests(ApiServers servers)
{
    private const string Addons = "/v2/organisations/{id}/addons";
    private const int Resources = 12;

    // As many as one cluster's workers.
    private const int Stopped = 8;

    // Shorter than a Lease that nobody releases: 15 s.
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(12);

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Two_that_both_serve_a_cluster_by_mistake_create_nothing_twice(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var environment = scenario.EnvironmentWithClusters();
        await scenario.StartAsync(environment, "--no-lease");
        await scenario.StartAsync(environment, "--no-lease");
        scenario.Clever.Faults.Set(new FaultRule { Method = "POST", Route = Addons, LatencyMs = 400 });

        List<string> paths = [];
        for (var number = 0; number < Resources; number++)
        {
            paths.Add(await scenario.ApplyAsync(Manifests.Redis($"a-{number}")));
        }

        foreach (var path in paths)
        {
            await scenario.ReadyAsync(path);
        }

        Assert.Equal((Resources, Resources), (scenario.Clever.Addons.All.Count, scenario.Clever.RequestCounts.Of("POST", Addons)));
        foreach (var path in paths)
        {
            await scenario.Cluster.Api.DeleteAsync(path);
        }

        foreach (var path in paths)
        {
            await scenario.UntilAsync(path, resource => resource is null);
        }

        Assert.Empty(scenario.Clever.Addons.All);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task The_second_takes_over_when_the_first_is_stopped_and_touches_nothing(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var environment = scenario.EnvironmentWithClusters();
        var first = await scenario.StartAsync(environment);
        var old = await scenario.ApplyAsync(Manifests.Redis("old"));
        await scenario.ReadyAsync(old);
        var second = scenario.Start(environment);
        await second.ReadyAsync();
        await second.UntilStatusAsync("east", status => (string?)status?["state"] == "Standby");
        scenario.Clever.RequestCounts.Reset();

        var watch = Stopwatch.StartNew();
        Assert.Equal(0, await first.StopAsync());
        var fresh = await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("new")));

        Assert.True(watch.Elapsed < TakeOver, $"{watch.Elapsed}");
        Assert.NotNull(fresh.StatusField("addon"));
        await second.SyncedAsync("east");
        Assert.Equal((2, 1), (scenario.Clever.Addons.All.Count, scenario.Clever.RequestCounts.Of("POST", Addons)));
        Assert.DoesNotContain(scenario.Clever.RequestCounts.Snapshot(), count => count.Method is "DELETE" or "PUT");
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task One_that_was_stopped_between_mark_and_creation_creates_nothing_when_it_goes_on(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await using var proxy = await FaultProxy.StartAsync(scenario.Cluster);
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_CLUSTERS_EAST_KUBECONFIG"] = proxy.Kubeconfig();
        // Without Leases: that it lost one would most often end what it does before it has begun.
        var first = scenario.Start(environment, "--no-lease");
        await first.ReadyAsync();
        await first.SyncedAsync("east");
        var marks = new SemaphoreSlim(0);
        var stopped = new TaskCompletionSource();
        proxy.Add(request => FaultProxy.IsWrite(request, "redis/"), proxy.AnswerAfter(stopped.Task, () => marks.Release()), times: Stopped);
        List<string> paths = [];
        for (var number = 0; number < Stopped; number++)
        {
            paths.Add(await scenario.ApplyAsync(Manifests.Redis($"a-{number}")));
            await marks.WaitAsync(OperatorProcess.Patience, TestContext.Current.CancellationToken);
        }

        first.Signal("STOP");
        stopped.SetResult();
        await scenario.StartAsync(scenario.EnvironmentWithClusters(), "--no-lease");
        foreach (var path in paths)
        {
            await scenario.ReadyAsync(path);
        }

        first.Signal("CONT");
        await first.WroteAsync("delayed for too long, not sent");
        foreach (var path in paths)
        {
            await scenario.ReadyAsync(path);
        }

        Assert.Equal((Stopped, Stopped), (scenario.Clever.Addons.All.Count, scenario.Clever.RequestCounts.Of("POST", Addons)));
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_Lease_that_somebody_deletes_or_spoils_does_not_end_the_service(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var process = await scenario.StartAsync();
        var lease = $"/apis/coordination.k8s.io/v1/namespaces/{scenario.Namespace}/leases/clever-remote-operator";
        var holder = (string?)(await scenario.Cluster.Api.GetAsync(lease))!["spec"]!["holderIdentity"];

        await scenario.Cluster.Api.DeleteAsync(lease);
        await scenario.UntilAsync(lease, found => (string?)found?["spec"]?["holderIdentity"] == holder);
        await scenario.Cluster.Api.PatchAsync(lease, """{"metadata":{"annotations":{"api.clever-cloud.com/instances":"{\"x\":[","api.clever-cloud.com/next":"nobody"}}}""");
        await scenario.UntilAsync(lease, found => (string?)found?["metadata"]?["annotations"]?["api.clever-cloud.com/next"] == "");

        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("a")));
        var ends = process.Output.Split('\n').Where(line => line.Contains("no longer served", StringComparison.Ordinal) || line.Contains("Lease could not", StringComparison.Ordinal));
        Assert.Equal([], ends);
    }
}
