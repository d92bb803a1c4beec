using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Compatibility;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>Add-ons that are there change hands: from nobody to a resource, from cluster to cluster, and never to a stranger.</summary>
public sealed class AdoptionTests(ApiServers servers)
{
    private const string Prefix = "api.clever-cloud.com/";
    private const string Host = "POSTGRESQL_ADDON_HOST";

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task The_example_takes_over_a_database_made_by_hand_and_gives_it_back_with_its_name(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        using var kubectl = await Kubectl.CreateAsync(scenario.Cluster, scenario.Namespace);
        var made = MadeByHand(scenario);
        await scenario.StartAsync(Trusting(scenario));

        await kubectl.SaysAsync(null, "apply", "--filename", Repository.PathOf("examples", "adoption", "postgresql.yaml"));
        await kubectl.SaysAsync(null, "wait", "--for=condition=Ready", "postgresql/billing", "--timeout=50s");

        var now = Assert.Single(scenario.Clever.Addons.All);
        Assert.Equal((made.Id, made.RealId), (now.Id, now.RealId));
        Assert.Contains($"::east/{scenario.Namespace}/billing", now.Name, StringComparison.Ordinal);
        Assert.Equal(HostOf(scenario, made), (await scenario.Cluster.Api.GetAsync(scenario.Secret("billing"))).Data()[Host]);
        Assert.Equal("Retain billing database", await kubectl.SaysAsync(null, "get", "postgresql/billing", "--output=jsonpath={.status.onDeletion} {.status.adoptedName}"));

        await kubectl.SaysAsync(null, "delete", "postgresql/billing", "--timeout=50s");
        Assert.Equal((made.Id, "billing database"), (Assert.Single(scenario.Clever.Addons.All).Id, scenario.Clever.Addons.All[0].Name));
    }

    [Theory]
    [InlineData(ServerKind.Sandbox, false)]
    [InlineData(ServerKind.Real, false)]
    [InlineData(ServerKind.Real, true)]
    public async Task A_database_moves_from_blue_to_green_by_consent_and_blues_deletion_leaves_it_alone(ServerKind kind, bool hasTwoOperators)
    {
        var (blue, green) = (await servers.GetAsync(kind, "east"), await servers.GetAsync(kind, "west"));
        await using var scenario = await Scenario.CreateAsync(blue, green);
        var (ofBlue, ofGreen) = (scenario.EnvironmentWithClusters(), scenario.EnvironmentWithClusters());
        if (hasTwoOperators)
        {
            ofBlue.Remove("CLEVER_OPERATOR_CLUSTERS_WEST_KUBECONFIG");
            ofGreen.Remove("CLEVER_OPERATOR_CLUSTERS_EAST_KUBECONFIG");
            ofGreen["CLEVER_OPERATOR_OPERATOR_ALLOW_ADOPTION"] = scenario.Namespace;
            await scenario.Start(ofGreen).ReadyAsync();
        }

        await scenario.Start(ofBlue).ReadyAsync();
        var before = await scenario.ApplyAsync(Manifests.PostgreSql("shop"));
        var uid = (string)(await scenario.ReadyAsync(before))["metadata"]!["uid"]!;
        var addon = Assert.Single(scenario.Clever.Addons.All);
        var after = await scenario.ApplyAsync(Adopting("shop", $"kubernetes::PostgreSQL::{uid}"), green);

        // Without a word of blue nothing moves.
        if (hasTwoOperators)
        {
            Assert.Contains($"adopt-unseen: {uid}", await scenario.HeldAsync(after, "AdoptionUnsafe", green), StringComparison.Ordinal);
            await AnnotateAsync(green, after, "adopt-unseen", uid);
        }
        else
        {
            Assert.Contains($"hand-over: west/{scenario.Namespace}", await scenario.HeldAsync(after, "AdoptionConflict", green), StringComparison.Ordinal);
        }

        await AnnotateAsync(blue, before, "hand-over", "west");
        await scenario.ReadyAsync(after, green);
        await scenario.HeldAsync(before, "HandedOver");

        Assert.Equal(addon.Id, Assert.Single(scenario.Clever.Addons.All).Id);
        Assert.Equal(
            (await blue.Api.GetAsync(scenario.Secret("shop"))).Data()[Host], (await green.Api.GetAsync(scenario.Secret("shop"))).Data()[Host]);
        await blue.Api.DeleteAsync(before);
        await scenario.UntilAsync(before, resource => resource is null);
        Assert.Contains("::west/", Assert.Single(scenario.Clever.Addons.All).Name, StringComparison.Ordinal);
        Assert.NotNull(await blue.Api.GetAsync(scenario.Secret("shop")));
    }

    [Fact]
    public async Task What_a_lost_cluster_had_is_taken_over_once_somebody_says_that_it_is_lost()
    {
        if (RealApiServer.MissingBecause is { } reason)
        {
            Assert.Skip(reason);
        }

        await using var lost = await RealApiServer.StartAsync("lost");
        var west = await servers.GetAsync(ServerKind.Real, "west");
        await using var scenario = await Scenario.CreateAsync(west);
        await lost.CreateNamespaceAsync(scenario.Namespace);
        await lost.DefineAsync(await File.ReadAllTextAsync(Repository.PathOf("deployments", "crds", "product", "postgresqls.api.clever-cloud.com.yaml")));
        var environment = Trusting(scenario);
        environment["CLEVER_OPERATOR_CLUSTERS_LOST_KUBECONFIG"] = lost.Kubeconfig();
        await scenario.StartAsync(environment);
        var before = await scenario.ApplyAsync(Manifests.PostgreSql("shop"), lost);
        var uid = (string)(await scenario.ReadyAsync(before, lost))["metadata"]!["uid"]!;
        var addon = Assert.Single(scenario.Clever.Addons.All);
        await ((RealApiServer)lost.Server).StopAsync();

        var export = scenario.Start(environment, "export", "--cluster", "lost", "--lost");
        Assert.Equal(0, await export.ExitAsync());
        var after = await scenario.ApplyAsync(export.Output);
        Assert.Contains("cluster lost", await scenario.HeldAsync(after, "AdoptionUnsafe"), StringComparison.Ordinal);
        await AnnotateAsync(west, after, "adopt-unseen", uid);

        await scenario.ReadyAsync(after);
        Assert.Equal(addon.Id, Assert.Single(scenario.Clever.Addons.All).Id);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_resource_made_anew_takes_back_what_it_left_with_its_Secret_and_nobodys_leave(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.PostgreSql("shop"));
        var uid = (string)(await scenario.ReadyAsync(path))["metadata"]!["uid"]!;
        var addon = Assert.Single(scenario.Clever.Addons.All);
        await AnnotateAsync(scenario.Cluster, path, "release", "true");
        await scenario.Cluster.Api.DeleteAsync(path);
        await scenario.UntilAsync(path, resource => resource is null);
        var left = (await scenario.Cluster.Api.GetAsync(scenario.Secret("shop")))!;
        Assert.Null(left["metadata"]!["ownerReferences"]);

        await scenario.ApplyAsync(Adopting("shop", $"kubernetes::PostgreSQL::{uid}"));
        var anew = await scenario.ReadyAsync(path);

        Assert.Equal(addon.Id, Assert.Single(scenario.Clever.Addons.All).Id);
        var now = (await scenario.Cluster.Api.GetAsync(scenario.Secret("shop")))!;
        Assert.Equal((string?)left["metadata"]!["uid"], (string?)now["metadata"]!["uid"]);
        Assert.Equal((string?)anew["metadata"]!["uid"], (string?)now["metadata"]!["ownerReferences"]![0]!["uid"]);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_process_that_is_killed_while_it_takes_over_is_followed_by_one_that_ends_it(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var made = MadeByHand(scenario);
        var process = await scenario.StartAsync(Trusting(scenario));
        var path = await scenario.ApplyAsync(Adopting("shop", made.RealId));
        await scenario.UntilAsync(path, resource => resource.StatusField("adoptedName") is not null);
        await process.KillAsync();

        await scenario.StartAsync(Trusting(scenario), "--no-lease");
        var resource = await scenario.ReadyAsync(path);
        Assert.Equal((made.Id, "billing database"), (resource.StatusField("addon"), resource.StatusField("adoptedName")));
        Assert.Equal(made.Id, Assert.Single(scenario.Clever.Addons.All).Id);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_tenant_reaches_neither_the_add_on_of_another_nor_one_that_nobody_has(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var tenant = scenario.Namespace + "-tenant";
        await scenario.Cluster.CreateNamespaceAsync(tenant);
        var environment = scenario.EnvironmentWithClusters();
        environment["CLEVER_OPERATOR_OPERATOR_NAMESPACES"] = $"{scenario.Namespace},{tenant}";
        await scenario.StartAsync(environment);
        var made = MadeByHand(scenario);
        var (living, kept) = (await scenario.ApplyAsync(Manifests.PostgreSql("living")), await scenario.ApplyAsync(Manifests.PostgreSql("kept")));
        var uids = new[] { (string)(await scenario.ReadyAsync(living))["metadata"]!["uid"]!, (string)(await scenario.ReadyAsync(kept))["metadata"]!["uid"]! };
        await AnnotateAsync(scenario.Cluster, kept, "release", "true");
        await scenario.Cluster.Api.DeleteAsync(kept);
        await scenario.UntilAsync(kept, resource => resource is null);
        var before = scenario.Clever.Addons.All.Select(addon => (addon.Id, addon.Name)).Order().ToList();

        var held = new List<string>();
        foreach (var (addon, number) in scenario.Clever.Addons.All.Select((addon, number) => (addon, number)))
        {
            var path = $"/apis/api.clever-cloud.com/v1/namespaces/{tenant}/postgresqls/mine-{number}";
            await scenario.Cluster.Api.ApplyAsync(Adopting($"mine-{number}", addon.Id), tenant);
            await AnnotateAsync(scenario.Cluster, path, "hand-over", $"east/{tenant}");
            await AnnotateAsync(scenario.Cluster, path, "adopt-unseen", uids[number % 2]);
            await AnnotateAsync(scenario.Cluster, path, "accept-credentials", "true");
            await AnnotateAsync(scenario.Cluster, path, "recreate", addon.Id);
            await scenario.Cluster.Api.PatchAsync(
                path + "/status", $$$"""{"status":{"addon":"{{{addon.Id}}}","adoptedName":"x","organisation":"{{{Scenario.Organisation}}}","credentialSource":"operator"} }""");
            held.Add(path);
        }

        foreach (var path in held)
        {
            await scenario.UntilAsync(path, resource => resource.Condition("Ready", "reason") is "AdoptionConflict" or "AdoptionNotAllowed");
            await scenario.Cluster.Api.DeleteAsync(path);
            await scenario.UntilAsync(path, resource => resource is null);
        }

        Assert.Equal(before, scenario.Clever.Addons.All.Select(addon => (addon.Id, addon.Name)).Order().ToList());
        Assert.Contains(scenario.Clever.Addons.All, addon => addon.Id == made.Id);
        await scenario.ReadyAsync(living);
        var secrets = (await scenario.Cluster.Api.GetAsync($"/api/v1/namespaces/{tenant}/secrets"))!["items"]!.AsArray();
        Assert.DoesNotContain(secrets, secret => ((string?)secret!["metadata"]!["name"])!.StartsWith("mine", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Trusting(Scenario scenario)
    {
        var environment = scenario.EnvironmentWithClusters();
        environment["CLEVER_OPERATOR_OPERATOR_ALLOW_ADOPTION"] = scenario.Namespace;
        return environment;
    }

    private static string Adopting(string name, string addon) => $$"""
        apiVersion: api.clever-cloud.com/v1
        kind: PostgreSQL
        metadata: {name: {{name}}}
        spec: {plan: xs_sml, region: par, adopt: "{{addon}}"}
        """;

    /// <summary>A database that somebody made in the console, and called what people call databases.</summary>
    private static Addon MadeByHand(Scenario scenario)
    {
        var provider = scenario.Clever.Catalogue.Find("postgresql-addon")!;
        var order = new JsonObject
        {
            ["name"] = "billing database",
            ["providerId"] = provider.Id,
            ["plan"] = provider.Plans.First(plan => plan.Slug == "xs_sml").Id,
            ["region"] = "par",
        };
        return scenario.Clever.Addons.Create(Scenario.Organisation, AddonRequest.Read(order, scenario.Clever.Catalogue));
    }

    private static string HostOf(Scenario scenario, Addon addon) => scenario.Clever.Addons.TemplateOf(addon).Environment().First(variable => variable.Name == Host).Value;

    private static Task<JsonObject> AnnotateAsync(TestCluster cluster, string path, string name, string value) => cluster.Api.PatchAsync(
        path, new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [Prefix + name] = value } } }.ToJsonString());
}
