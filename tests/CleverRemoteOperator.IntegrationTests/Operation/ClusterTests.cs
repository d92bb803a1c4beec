using System.Diagnostics;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>Clusters come, change, hang and go; no other cluster notices.</summary>
public sealed class ClusterTests(ApiServers servers)
{
    private static readonly TimeSpan EffectOfAFile = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Kubeconfig_files_that_come_change_and_go_take_effect_within_five_seconds_and_touch_no_other_cluster(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"), await servers.GetAsync(kind, "west"));
        var (east, west) = (scenario.Clusters[0], scenario.Clusters[1]);
        var folder = Directory.CreateDirectory(Path.Combine(scenario.Folder, "kubeconfigs")).FullName;
        await WriteAsync(Path.Combine(folder, "east.yaml"), east.Kubeconfig());
        var process = scenario.Start(scenario.Environment());
        await process.ReadyAsync();
        await process.SyncedAsync("east");

        var file = Path.Combine(folder, "west.yaml");
        await TakesEffectAsync(() => WriteAsync(file, west.Kubeconfig()), () => process.WroteAsync("west: connected", EffectOfAFile));
        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("a"), west), west);

        await TakesEffectAsync(
            () => WriteAsync(file, west.Kubeconfig(ClusterUser.Denied)),
            () => process.UntilStatusAsync("west", status => (string?)status?["state"] == "Forbidden", EffectOfAFile));
        await TakesEffectAsync(
            () => Task.Run(() => File.Delete(file)),
            () => process.UntilStatusAsync("west", status => (string?)status?["state"] is null or "Removed", EffectOfAFile));

        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("a"), east), east);
        Assert.Single(process.Output.Split('\n'), line => line.Contains("east: connected", StringComparison.Ordinal));
        Assert.DoesNotContain("east: stopping", process.Output, StringComparison.Ordinal);
        // What the operator no longer serves stays as it is.
        Assert.Equal(2, scenario.Clever.Addons.All.Count);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task One_cluster_that_hangs_and_one_that_refuses_leave_the_third_alone(ServerKind kind)
    {
        var (east, west) = (await servers.GetAsync(kind, "east"), await servers.GetAsync(kind, "west"));
        await using var scenario = await Scenario.CreateAsync(east);
        await using var relay = new Relay(west.Address);
        relay.Open();
        relay.Hold();
        var environment = scenario.EnvironmentWithClusters();
        environment["CLEVER_OPERATOR_CLUSTERS_HANGING_KUBECONFIG"] = west.Kubeconfig(through: relay.Address);
        environment["CLEVER_OPERATOR_CLUSTERS_DENIED_KUBECONFIG"] = west.Kubeconfig(ClusterUser.Denied);
        var process = await scenario.StartAsync(environment);

        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("a")));
        await process.UntilStatusAsync("denied", status => (string?)status?["state"] == "Forbidden");
        Assert.NotEqual("Synced", (string?)(await process.StatusOfAsync("hanging"))?["state"]);
        Assert.Equal("Synced", (string?)(await process.StatusOfAsync("east"))?["state"]);
        Assert.Equal(0, await process.StopAsync());
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Servers_that_are_down_at_the_start_are_used_as_soon_as_they_are_there(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await using var kubernetes = new Relay(scenario.Cluster.Address);
        await using var clever = new Relay(scenario.Clever.Address);
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_API_ENDPOINT"] = clever.Address.GetLeftPart(UriPartial.Authority);
        environment["CLEVER_OPERATOR_CLUSTERS_EAST_KUBECONFIG"] = scenario.Cluster.Kubeconfig(through: kubernetes.Address);
        var process = scenario.Start(environment);
        await process.ReadyAsync();
        await process.UntilStatusAsync("east", status => (string?)status?["state"] == "Unreachable");

        kubernetes.Open();
        var path = await scenario.ApplyAsync(Manifests.Redis("a"));
        await scenario.HeldAsync(path, "CleverApiUnavailable");

        clever.Open();
        await scenario.ReadyAsync(path);
        Assert.Single(scenario.Clever.Addons.All);
    }

    /// <summary>Writes beside and moves, so that no half file is ever read.</summary>
    private static async Task WriteAsync(string path, string text)
    {
        await File.WriteAllTextAsync(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    private static async Task TakesEffectAsync(Func<Task> change, Func<Task> effect)
    {
        var watch = Stopwatch.StartNew();
        await change();
        await effect();
        Assert.True(watch.Elapsed < EffectOfAFile, $"took {watch.Elapsed}");
    }
}
