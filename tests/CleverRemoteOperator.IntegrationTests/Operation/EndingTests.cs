using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.CleverApi.Control;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>However the process ends, nothing is lost and nothing is made twice.</summary>
public sealed class EndingTests(ApiServers servers)
{
    private const string Addons = "/v2/organisations/{id}/addons";
    private const string OneAddon = Addons + "/{addonId}";

    [Theory]
    [InlineData(ServerKind.Sandbox, "TERM")]
    [InlineData(ServerKind.Sandbox, "INT")]
    [InlineData(ServerKind.Real, "TERM")]
    public async Task A_signal_lets_a_running_reconcile_finish_and_ends_with_0(ServerKind kind, string signal)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var process = await scenario.StartAsync();
        scenario.Clever.Faults.Set(new FaultRule { Method = "POST", Route = Addons, LatencyMs = 1500 });
        var path = await scenario.ApplyAsync(Manifests.Redis("a"));
        await AskedAsync(scenario);

        Assert.Equal(0, await process.StopAsync(signal));
        Assert.True((await scenario.Cluster.Api.GetAsync(path)).IsReady());
        Assert.DoesNotContain(" ERR ", process.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_while_it_starts_is_no_failure(string signal)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(ServerKind.Sandbox, "east"));
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var process = scenario.Start(scenario.EnvironmentWithClusters(), "--no-lease");
            // Written just before the listeners are opened.
            await process.WroteAsync("clusters: ");
            process.Signal(signal);

            // Before the process listens to signals the system ends it.
            int[] allowed = [0, signal == "TERM" ? 143 : 130];
            Assert.Contains(await process.ExitAsync(), allowed);
            Assert.DoesNotContain("error: ", process.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ServerKind.Sandbox, "before")]
    [InlineData(ServerKind.Sandbox, "after")]
    [InlineData(ServerKind.Real, "before")]
    [InlineData(ServerKind.Real, "after")]
    public async Task A_crash_right_after_the_request_to_create_makes_no_second_add_on(ServerKind kind, string drop)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var environment = scenario.EnvironmentWithClusters();
        // The Lease of the one that crashes would hold the next one off for 15 s.
        var process = await scenario.StartAsync(environment, "--no-lease");
        scenario.Clever.Faults.Set(new FaultRule { Method = "POST", Route = Addons, Times = 1, Drop = drop });
        var path = await scenario.ApplyAsync(Manifests.Redis("a"));
        await AskedAsync(scenario);
        await process.KillAsync();

        await scenario.StartAsync(environment, "--no-lease");
        var resource = await scenario.ReadyAsync(path);
        Assert.Equal(resource.StatusField("addon"), Assert.Single(scenario.Clever.Addons.All).Id);
        Assert.Equal(drop == "after" ? 1 : 2, scenario.Clever.RequestCounts.Of("POST", Addons));
    }

    [Theory]
    [InlineData(ServerKind.Sandbox, "before")]
    [InlineData(ServerKind.Sandbox, "after")]
    [InlineData(ServerKind.Real, "after")]
    public async Task A_crash_right_after_the_request_to_delete_leaves_neither_resource_nor_add_on(ServerKind kind, string drop)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var environment = scenario.EnvironmentWithClusters();
        var process = await scenario.StartAsync(environment, "--no-lease");
        var (path, kept) = (await scenario.ApplyAsync(Manifests.Redis("a")), await scenario.ApplyAsync(Manifests.Redis("b")));
        await scenario.ReadyAsync(path);
        var addon = (await scenario.ReadyAsync(kept)).StatusField("addon");
        scenario.Clever.Faults.Set(new FaultRule { Method = "DELETE", Route = OneAddon, Times = 1, Drop = drop });
        await scenario.Cluster.Api.DeleteAsync(path);
        await AskedAsync(scenario, "DELETE", OneAddon);
        await process.KillAsync();

        await scenario.StartAsync(environment, "--no-lease");
        await scenario.UntilAsync(path, resource => resource is null);
        Assert.Equal(addon, Assert.Single(scenario.Clever.Addons.All).Id);
    }

    [Fact]
    public async Task A_reconcile_that_hangs_holds_up_the_end_for_25_s_at_most_and_loses_nothing()
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(ServerKind.Sandbox, "east"));
        var process = await scenario.StartAsync();
        scenario.Clever.Faults.Set(new FaultRule { Method = "POST", Route = Addons, Hang = true });
        var path = await scenario.ApplyAsync(Manifests.Redis("a"));
        await AskedAsync(scenario);

        Assert.Equal(0, await process.StopAsync(timeout: TimeSpan.FromSeconds(25)));

        scenario.Clever.Faults.Set();
        await scenario.StartAsync();
        var resource = await scenario.ReadyAsync(path);
        Assert.Equal(resource.StatusField("addon"), Assert.Single(scenario.Clever.Addons.All).Id);
    }

    // The counters of the Clever API tell nobody: they are asked.
    private static async Task AskedAsync(Scenario scenario, string method = "POST", string route = Addons)
    {
        using var deadline = new CancellationTokenSource(OperatorProcess.Patience);
        while (scenario.Clever.RequestCounts.Of(method, route) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, deadline.Token);
        }
    }
}
