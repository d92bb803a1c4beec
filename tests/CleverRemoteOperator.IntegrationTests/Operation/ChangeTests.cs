using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Compatibility;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>What a change of a resource does to its add-on, and what keeps it from doing it.</summary>
public sealed class ChangeTests(ApiServers servers)
{
    private const string Host = "POSTGRESQL_ADDON_HOST";

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_patched_plan_is_migrated_to_and_kubectl_waits_for_the_Secret_with_the_new_host(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        using var kubectl = await Kubectl.CreateAsync(scenario.Cluster, scenario.Namespace);
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.PostgreSql("shop"));
        await scenario.ReadyAsync(path);
        var before = (await scenario.Cluster.Api.GetAsync(scenario.Secret("shop"))).Data()[Host];

        await kubectl.SaysAsync(null, "patch", "postgresql/shop", "--type=merge", "--patch", """{"spec":{"plan":"s_sml"}}""");
        await kubectl.SaysAsync(null, "wait", "--for=condition=Ready=false", "postgresql/shop", "--timeout=20s");
        await kubectl.SaysAsync(null, "wait", "--for=condition=Ready", "postgresql/shop", "--timeout=50s");

        var after = await scenario.ReadyAsync(path);
        Assert.NotEqual(before, (await scenario.Cluster.Api.GetAsync(scenario.Secret("shop"))).Data()[Host]);
        Assert.Equal(("s_sml", "OK"), (after.StatusField("plan"), (string?)after["status"]!["migration"]!["status"]));
        Assert.Single(scenario.Clever.Migrations.All);
        Assert.Contains("Migrated", await kubectl.SaysAsync(null, "get", "events", "--output=jsonpath={.items[*].reason}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_process_that_is_killed_while_it_migrates_migrates_once(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var process = await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.PostgreSql("shop"));
        await scenario.ReadyAsync(path);
        await scenario.Cluster.Api.PatchAsync(path, """{"spec":{"plan":"s_sml","version":"18"}}""");
        await scenario.UntilAsync(path, resource => resource?["status"]?["migration"] is not null);

        await process.KillAsync();
        await scenario.StartAsync();

        var after = await scenario.ReadyAsync(path);
        Assert.Equal(("s_sml", "18"), (after.StatusField("plan"), after.StatusField("version")));
        Assert.Single(scenario.Clever.Migrations.All);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_migration_that_fails_keeps_the_database_and_says_the_way_out(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.PostgreSql("shop"));
        await scenario.ReadyAsync(path);
        scenario.Clever.Migrations.Outcome = Migration.Failed;
        await scenario.Cluster.Api.PatchAsync(path, """{"spec":{"region":"rbx"}}""");

        var message = await scenario.HeldAsync(path, "MigrationFailed");
        var id = Assert.Single(scenario.Clever.Migrations.All).Id;
        Assert.Contains($"api.clever-cloud.com/retry-migration: {id}", message, StringComparison.Ordinal);

        scenario.Clever.Migrations.Outcome = Migration.Done;
        await scenario.Cluster.Api.PatchAsync(path, $$$"""{"metadata":{"annotations":{"api.clever-cloud.com/retry-migration":"{{{id}}}"} } }""");
        Assert.Equal("rbx", (await scenario.ReadyAsync(path)).StatusField("region"));
        Assert.Equal(2, scenario.Clever.Migrations.All.Count());
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Keycloak_is_updated_in_its_place_and_not_to_what_there_is_not(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync("""
            apiVersion: api.clever-cloud.com/v1
            kind: Keycloak
            metadata: {name: login}
            spec: {plan: base, region: par, version: 26.3.5}
            """);
        await scenario.ReadyAsync(path);

        await scenario.Cluster.Api.PatchAsync(path, """{"spec":{"version":"26.5.0"}}""");
        await scenario.ReadyAsync(path);
        Assert.Equal("26.5.0", Assert.Single(scenario.Clever.Addons.All).Version);

        await scenario.Cluster.Api.PatchAsync(path, """{"spec":{"version":"26.3.5"}}""");
        await scenario.HeldAsync(path, "ChangeNotSupported");
        Assert.Equal("26.5.0", Assert.Single(scenario.Clever.Addons.All).Version);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task What_cannot_be_changed_is_refused_where_it_is_asked_for(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        using var kubectl = await Kubectl.CreateAsync(scenario.Cluster, scenario.Namespace);
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.PostgreSql("shop").Replace("version: 17", "version: 17, encryption: false", StringComparison.Ordinal));
        await scenario.ReadyAsync(path);

        var refused = await kubectl.RunAsync("kubectl", "patch", "postgresql/shop", "--type=merge", "--patch", """{"spec":{"encryption":true}}""");

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("spec.encryption cannot be changed once the add-on exists", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Another_layout_gives_the_Secret_its_other_name_and_leaves_none_behind(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.PostgreSql("shop"));
        await scenario.ReadyAsync(path);

        await scenario.Cluster.Api.PatchAsync(
            path, """{"spec":{"plan":null,"region":null,"version":null,"instance":{"plan":"xs_sml","region":"par"},"options":{"version":"17"} } }""");

        await scenario.UntilAsync(path, resource => resource.IsReady() && resource.StatusField("secret") == "shop-secrets");
        Assert.Contains(Host, (await scenario.Cluster.Api.GetAsync(scenario.Secret("shop-secrets"))).Data().Keys);
        Assert.Null(await scenario.Cluster.Api.GetAsync(scenario.Secret("shop")));
        Assert.Empty(scenario.Clever.Migrations.All);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_paused_namespace_creates_changes_and_deletes_nothing_until_it_goes_on(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var (shop, old) = (await scenario.ApplyAsync(Manifests.PostgreSql("shop")), await scenario.ApplyAsync(Manifests.PostgreSql("old")));
        await scenario.ReadyAsync(shop);
        await scenario.ReadyAsync(old);
        await AnnotateNamespaceAsync(scenario, "\"true\"");

        await scenario.Cluster.Api.PatchAsync(shop, """{"spec":{"plan":"s_sml"}}""");
        await scenario.Cluster.Api.DeleteAsync(old);
        await scenario.HeldAsync(shop, "Paused");
        await scenario.HeldAsync(old, "Paused");
        var late = await scenario.ApplyAsync(Manifests.PostgreSql("late"));
        await scenario.HeldAsync(late, "Paused");

        Assert.Equal(2, scenario.Clever.Addons.All.Count);
        Assert.Empty(scenario.Clever.Migrations.All);

        await AnnotateNamespaceAsync(scenario, "null");
        await scenario.UntilAsync(old, resource => resource is null);
        await scenario.ReadyAsync(late);
        Assert.Equal("s_sml", (await scenario.ReadyAsync(shop)).StatusField("plan"));
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_dry_run_tells_what_would_be_done_and_what_it_costs(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.PostgreSql("shop").Replace(
            "{name: shop}", """{name: shop, annotations: {api.clever-cloud.com/dry-run: "true"}}""", StringComparison.Ordinal));

        var message = await scenario.HeldAsync(path, "DryRun");
        Assert.Contains("would create a PostgreSQL with plan xs_sml (", message, StringComparison.Ordinal);
        Assert.Contains("EUR a month", message, StringComparison.Ordinal);
        Assert.Empty(scenario.Clever.Addons.All);

        await scenario.Cluster.Api.PatchAsync(path, """{"metadata":{"annotations":{"api.clever-cloud.com/dry-run":null}}}""");
        await scenario.ReadyAsync(path);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task What_is_only_observed_is_neither_created_nor_deleted(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var (shop, none) = (await scenario.ApplyAsync(Manifests.PostgreSql("shop")), await scenario.ApplyAsync(Observed("none")));
        await scenario.ReadyAsync(shop);
        await scenario.HeldAsync(none, "NotManaged");
        await scenario.ApplyAsync(Observed("shop"));
        await scenario.UntilAsync(shop, resource => resource.IsReady() && resource.StatusField("onDeletion") == "Retain");

        await scenario.Cluster.Api.DeleteAsync(shop);
        await scenario.UntilAsync(shop, resource => resource is null);
        Assert.Single(scenario.Clever.Addons.All);

        static string Observed(string name) => Manifests.PostgreSql(name).Replace("version: 17", "version: 17, managementPolicy: ObserveOnly", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task What_is_changed_at_Clever_Cloud_is_told_or_taken_over(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var environment = scenario.EnvironmentWithClusters();
        environment["CLEVER_OPERATOR_OPERATOR_ENVIRONMENT_REFRESH"] = "2s";
        await scenario.StartAsync(environment);
        var path = await scenario.ApplyAsync(Manifests.PostgreSql("shop"));
        await scenario.ReadyAsync(path);
        var addon = Assert.Single(scenario.Clever.Addons.All);
        SuiteSecrets.Add("rotated-at-the-console");

        scenario.Clever.Addons.Change(addon, now => now with { EnvironmentChanges = new Dictionary<string, string?> { ["POSTGRESQL_ADDON_PASSWORD"] = "rotated-at-the-console" } });
        await scenario.UntilAsync(scenario.Secret("shop"), secret => secret.Data().GetValueOrDefault("POSTGRESQL_ADDON_PASSWORD") == "rotated-at-the-console");

        var larger = scenario.Clever.Addons.ProviderOf(addon).Plans.Single(plan => plan.Slug == "s_sml").Id;
        scenario.Clever.Addons.Change(addon, now => now with { PlanId = larger });
        await scenario.HeldAsync(path, "Drifted");
        Assert.Empty(scenario.Clever.Migrations.All);

        await scenario.Cluster.Api.PatchAsync(path, """{"spec":{"ignoreDrift":["plan"]}}""");
        await scenario.ReadyAsync(path);
        await scenario.Cluster.Api.PatchAsync(path, """{"spec":{"ignoreDrift":null,"driftPolicy":"Correct"}}""");
        Assert.Equal("xs_sml", (await scenario.UntilAsync(path, resource => resource.IsReady() && resource.StatusField("plan") == "xs_sml")).StatusField("plan"));
        Assert.Single(scenario.Clever.Migrations.All);
    }

    private static Task<JsonObject> AnnotateNamespaceAsync(Scenario scenario, string value) => scenario.Cluster.Api.PatchAsync(
        $"/api/v1/namespaces/{scenario.Namespace}", $$$"""{"metadata":{"annotations":{"api.clever-cloud.com/paused":{{{value}}}} } }""");
}
