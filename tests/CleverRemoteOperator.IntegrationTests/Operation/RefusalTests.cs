using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.CleverApi.Control;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>What a resource asks for and cannot have is told on it, with what it could have; nothing is lost.</summary>
public sealed class RefusalTests(ApiServers servers)
{
    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task What_the_catalogue_does_not_have_is_told_with_what_it_has_until_the_spec_is_corrected(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var plan = await scenario.ApplyAsync(Manifests.Redis("plan", plan: "gigantic"));
        var region = await scenario.ApplyAsync(Manifests.Redis("region", region: "moon"));
        var version = await scenario.ApplyAsync(Manifests.Redis("version", version: "1.2.3"));

        Assert.Contains("m_mono", await scenario.HeldAsync(plan, "PlanNotAvailable"), StringComparison.Ordinal);
        Assert.Contains("par", await scenario.HeldAsync(region, "RegionNotAvailable"), StringComparison.Ordinal);
        Assert.Contains("8.8.0", await scenario.HeldAsync(version, "VersionNotAvailable"), StringComparison.Ordinal);
        Assert.Empty(scenario.Clever.Addons.All);

        await scenario.Cluster.Api.PatchAsync(plan, """{"spec":{"plan":"s"}}""");
        await scenario.ReadyAsync(plan);
        Assert.Single(scenario.Clever.Addons.All);

        // A resource without an add-on goes at once.
        await scenario.Cluster.Api.DeleteAsync(region);
        await scenario.UntilAsync(region, resource => resource is null);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Two_resources_that_want_one_secret_do_not_overwrite_each_other_and_the_second_gets_it_when_the_first_goes(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var first = await scenario.ApplyAsync(Manifests.Redis("shared"));
        await scenario.ReadyAsync(first);
        var second = await scenario.ApplyAsync(Manifests.PostgreSql("shared"));

        Assert.Contains("shared", await scenario.HeldAsync(second, "SecretConflict"), StringComparison.Ordinal);
        Assert.Contains("REDIS_HOST", (await SecretAsync(scenario)).Data().Keys);

        await scenario.Cluster.Api.DeleteAsync(first);
        await scenario.UntilAsync(first, resource => resource is null);
        // A garbage collector, where there is one, may have taken it already.
        await scenario.Cluster.Api.DeleteIfThereAsync(scenario.Secret("shared"));

        await scenario.ReadyAsync(second);
        Assert.Contains("POSTGRESQL_ADDON_HOST", (await SecretAsync(scenario)).Data().Keys);
        Assert.Single(scenario.Clever.Addons.All);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Of_two_resources_that_want_one_secret_at_the_same_moment_one_gets_it_and_the_other_no_add_on(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        string[] paths = [await scenario.ApplyAsync(Manifests.Redis("shared")), await scenario.ApplyAsync(Manifests.PostgreSql("shared"))];
        scenario.Clever.Faults.Set(new FaultRule { Method = "POST", LatencyMs = 300 });
        await scenario.StartAsync();

        var resources = await Task.WhenAll(paths.Select(async path =>
            (await scenario.UntilAsync(path, resource => resource.IsReady() || resource.IsHeldBy("SecretConflict")))!));

        var ready = Assert.Single(resources, resource => resource.IsReady());
        Assert.Single(resources, resource => resource.IsHeldBy("SecretConflict"));
        Assert.Equal((string?)ready["metadata"]!["uid"], (string?)(await SecretAsync(scenario))!["metadata"]!["ownerReferences"]![0]!["uid"]);
        Assert.Equal((string?)ready["status"]!["addon"], Assert.Single(scenario.Clever.Addons.All).Id);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_foreign_secret_of_that_name_is_never_touched(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.ApplyAsync("{apiVersion: v1, kind: Secret, metadata: {name: shared}, stringData: {mine: \"1\"}}");
        var before = await SecretAsync(scenario);
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.Redis("shared"));
        await scenario.HeldAsync(path, "SecretConflict");
        await scenario.Cluster.Api.DeleteAsync(path);
        await scenario.UntilAsync(path, resource => resource is null);

        Assert.Equal(before!.ToJsonString(), (await SecretAsync(scenario))!.ToJsonString());
        Assert.Empty(scenario.Clever.Addons.All);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_secret_that_an_earlier_resource_left_is_told_as_that_and_kept_until_it_is_deleted(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var api = scenario.Cluster.Api;
        await scenario.StartAsync();
        string[] names = ["kept", "orphaned"];
        string[] paths = [await scenario.ApplyAsync(Manifests.Redis("kept")), await scenario.ApplyAsync(Manifests.Redis("orphaned"))];
        await Task.WhenAll(paths.Select(path => scenario.ReadyAsync(path)));
        await api.PatchAsync(paths[0], """{"spec":{"deletionPolicy":"Retain"}}""");
        await api.DeleteAsync(paths[0]);
        // Without a garbage collector nobody ends a deletion that orphans, and the test does what it would do to the Secret.
        await api.DeleteAsync(kind == ServerKind.Sandbox ? $"{paths[1]}?propagationPolicy=Orphan" : paths[1]);
        await Task.WhenAll(paths.Select(path => scenario.UntilAsync(path, resource => resource is null)));
        await api.PatchAsync(scenario.Secret("orphaned"), """{"metadata":{"ownerReferences":null}}""");

        foreach (var name in names)
        {
            var before = await api.GetAsync(scenario.Secret(name));
            var path = await scenario.ApplyAsync(Manifests.Redis(name));
            Assert.Contains($"kubectl -n {scenario.Namespace} delete secret {name}", await scenario.HeldAsync(path, "SecretConflict"), StringComparison.Ordinal);
            Assert.Equal(before!.ToJsonString(), (await api.GetAsync(scenario.Secret(name)))!.ToJsonString());
            await api.DeleteAsync(scenario.Secret(name));
        }

        await Task.WhenAll(paths.Select(path => scenario.ReadyAsync(path)));
        Assert.All(await Task.WhenAll(names.Select(name => api.GetAsync(scenario.Secret(name)))), secret => Assert.NotNull(secret));
    }

    private static Task<JsonObject?> SecretAsync(Scenario scenario) => scenario.Cluster.Api.GetAsync(scenario.Secret("shared"));
}
