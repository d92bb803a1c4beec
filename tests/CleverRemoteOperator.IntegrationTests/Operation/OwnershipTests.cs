using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>Whose add-on it is: what copies of clusters, outages and mistakes of owners must not change.</summary>
public sealed class OwnershipTests(ApiServers servers)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deletion_in_a_copied_cluster_leaves_the_originals_add_ons_alone(bool hasTwoOperators)
    {
        if (RealApiServer.MissingBecause is { } reason)
        {
            Assert.Skip(reason);
        }

        await using var scenario = await Scenario.CreateAsync();
        await using var a = await RealApiServer.StartAsync("a");
        await a.CreateNamespaceAsync(scenario.Namespace);
        await a.DefineAsync(await File.ReadAllTextAsync(Repository.PathOf("deployments", "crds", "product", "postgresqls.api.clever-cloud.com.yaml")));
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_CLUSTERS_A_KUBECONFIG"] = a.Kubeconfig();
        var before = scenario.Start(environment);
        await before.ReadyAsync();
        var (first, second) = (await scenario.ApplyAsync(Manifests.PostgreSql("first"), a), await scenario.ApplyAsync(Manifests.PostgreSql("second"), a));
        await scenario.ReadyAsync(first, a);
        await scenario.ReadyAsync(second, a);
        await before.StopAsync();

        await using var b = await RealApiServer.CopyAsync(a, "b");
        var ofB = hasTwoOperators ? scenario.Environment() : environment;
        ofB["CLEVER_OPERATOR_CLUSTERS_B_KUBECONFIG"] = b.Kubeconfig();
        var after = scenario.Start(environment);
        await after.ReadyAsync();
        await after.SyncedAsync("a");
        if (hasTwoOperators)
        {
            await scenario.Start(ofB).ReadyAsync();
        }

        await b.Api.DeleteAsync(first);
        await scenario.UntilAsync(first, resource => resource is null, b);
        Assert.Equal(2, scenario.Clever.Addons.All.Count);
        await ToldAsync(b, scenario.Namespace, "OwnedByAnotherCluster");

        await ((RealApiServer)a.Server).StopAsync();
        await b.Api.DeleteAsync(second);
        await scenario.UntilAsync(second, resource => resource is null, b);
        Assert.Equal(2, scenario.Clever.Addons.All.Count);

        await ((RealApiServer)a.Server).RestartAsync();
        await scenario.ReadyAsync(first, a);
        await scenario.ReadyAsync(second, a);
        Assert.Equal(2, scenario.Clever.Addons.All.Count);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox, false)]
    [InlineData(ServerKind.Real, false)]
    [InlineData(ServerKind.Real, true)]
    public async Task What_vanishes_at_Clever_Cloud_does_not_come_back_empty(ServerKind kind, bool isRestarted)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var process = await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.Redis("cache"));
        var id = (await scenario.ReadyAsync(path)).StatusField("addon")!;
        var secret = await SecretVersionAsync(scenario, "cache");
        scenario.Clever.Addons.Remove(Assert.Single(scenario.Clever.Addons.All));
        if (isRestarted)
        {
            await process.StopAsync();
            process = await scenario.StartAsync();
        }

        Assert.Contains($"api.clever-cloud.com/recreate: {id}", await scenario.HeldAsync(path, "AddonMissing"), StringComparison.Ordinal);

        // Ten times as long as the creation window.
        await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Empty(scenario.Clever.Addons.All);
        Assert.Equal(secret, await SecretVersionAsync(scenario, "cache"));

        await scenario.Cluster.Api.PatchAsync(path, $$$"""{"metadata":{"annotations":{"api.clever-cloud.com/recreate":"{{{id}}}"} } }""");
        await scenario.UntilAsync(path, resource => resource.StatusField("addon") is { } now && now != id);
        Assert.Single(scenario.Clever.Addons.All);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_mistyped_organisation_is_corrected_by_correcting_it(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.Redis("cache").Replace("spec: {", "spec: {organisation: orga_00000000-0000-4000-8000-00000000000f, ", StringComparison.Ordinal));
        await scenario.UntilAsync(path, resource => resource.Condition("Ready", "status") == "False");

        await scenario.Cluster.Api.PatchAsync(path, $$$"""{"spec":{"organisation":"{{{Scenario.Organisation}}}"}}""");

        await scenario.ReadyAsync(path);
        Assert.Single(scenario.Clever.Addons.All);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_word_that_is_not_known_deletes_nothing(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.Redis("cache"));
        await scenario.ReadyAsync(path);

        await scenario.Cluster.Api.PatchAsync(path, """{"metadata":{"annotations":{"api.clever-cloud.com/release":"True"}}}""");
        await scenario.Cluster.Api.DeleteAsync(path);
        await scenario.HeldAsync(path, "InvalidAnnotation");
        Assert.Single(scenario.Clever.Addons.All);

        await scenario.Cluster.Api.PatchAsync(path, """{"metadata":{"annotations":{"api.clever-cloud.com/release":"true"}}}""");
        await scenario.UntilAsync(path, resource => resource is null);
        Assert.Single(scenario.Clever.Addons.All);
        var secret = await scenario.Cluster.Api.GetAsync(scenario.Secret("cache"));
        Assert.Null(secret!["metadata"]!["ownerReferences"]);
        Assert.NotEmpty(secret.Data());
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Deleting_the_definition_deletes_no_add_on_and_the_resource_can_be_released(ServerKind kind)
    {
        // A server of its own: the definition is deleted for everybody.
        var server = await servers.GetAsync(kind, "undefined");
        await using var scenario = await Scenario.CreateAsync(server);
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.Redis("cache"));
        await scenario.ReadyAsync(path);

        await server.Api.DeleteAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/redis.api.clever-cloud.com");

        await scenario.HeldAsync(path, "DeletionHeld");
        Assert.Single(scenario.Clever.Addons.All);
        await server.Api.PatchAsync(path, """{"metadata":{"annotations":{"api.clever-cloud.com/release":"true"}}}""");
        await scenario.UntilAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/redis.api.clever-cloud.com", definition => definition is null);
        Assert.Single(scenario.Clever.Addons.All);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Too_many_deletions_wait_also_after_a_restart_until_somebody_allows_them(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var environment = scenario.EnvironmentWithClusters();
        environment["CLEVER_OPERATOR_OPERATOR_MAX_DELETIONS"] = "2";
        var process = await scenario.StartAsync(environment);
        List<string> paths = [];
        for (var number = 0; number < 5; number++)
        {
            paths.Add(await scenario.ApplyAsync(Manifests.Redis($"cache-{number}")));
        }

        foreach (var path in paths)
        {
            await scenario.ReadyAsync(path);
        }

        foreach (var path in paths)
        {
            await scenario.Cluster.Api.DeleteAsync(path);
        }

        await HeldAsync(scenario, paths, 3);
        // The Lease is written every 2 s.
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        await process.KillAsync();
        await scenario.StartAsync(environment);
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(3, scenario.Clever.Addons.All.Count);

        var until = TimeProvider.System.GetUtcNow().AddMinutes(30).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        await scenario.Cluster.Api.PatchAsync(
            $"/api/v1/namespaces/{scenario.Namespace}", $$$"""{"metadata":{"annotations":{"api.clever-cloud.com/allow-deletions-until":"{{{until}}}"} } }""");
        foreach (var path in paths)
        {
            await scenario.UntilAsync(path, resource => resource is null);
        }

        Assert.Empty(scenario.Clever.Addons.All);
    }

    // An Event follows what it tells of.
    private static async Task ToldAsync(TestCluster cluster, string @namespace, string reason)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var events = (await cluster.Api.GetAsync($"/api/v1/namespaces/{@namespace}/events"))!["items"]!.AsArray();
            if (events.Any(told => (string?)told!["reason"] == reason))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        Assert.Fail($"no Event {reason}");
    }

    private static async Task HeldAsync(Scenario scenario, List<string> paths, int count)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            List<JsonObject?> left = [];
            foreach (var path in paths)
            {
                left.Add(await scenario.Cluster.Api.GetAsync(path));
            }

            if (left.Count(resource => resource.IsHeldBy("DeletionHeld")) == count && left.Count(resource => resource is null) == paths.Count - count)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        Assert.Fail($"not {count} of {paths.Count} are held");
    }

    private static async Task<string?> SecretVersionAsync(Scenario scenario, string name) =>
        (string?)(await scenario.Cluster.Api.GetAsync(scenario.Secret(name)))?["metadata"]?["resourceVersion"];
}
