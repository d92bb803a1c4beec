using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Compatibility;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>What <c>spec.secret</c> makes of the connection Secret.</summary>
public sealed class SecretShapeTests(ApiServers servers)
{
    private const string Host = "POSTGRESQL_ADDON_HOST";

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_Secret_has_the_name_labels_and_keys_that_the_spec_gives_it_and_keeps_them(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.PostgreSql("shop"));
        await scenario.ReadyAsync(path);
        var host = (await scenario.Cluster.Api.GetAsync(scenario.Secret("shop"))).Data()[Host];

        await scenario.Cluster.Api.PatchAsync(path, """
            {"spec":{"secret":{"name":"shop-db","labels":{"tier":"data"},"annotations":{"example.com/note":"a b"},"type":"servicebinding.io/postgresql",
             "format":"Both","keyPrefix":"PG_","keys":{"AT":"$(POSTGRESQL_ADDON_USER|uri)@$(host)"},"only":["AT","type","host","PG_POSTGRESQL_ADDON_HOST"]}}}
            """);
        var resource = await scenario.UntilAsync(path, resource => resource.IsReady() && resource.StatusField("secret") == "shop-db");

        Assert.Equal("shop-db", (string?)resource!["status"]!["binding"]!["name"]);
        Assert.Null(await scenario.Cluster.Api.GetAsync(scenario.Secret("shop")));
        var secret = (await scenario.Cluster.Api.GetAsync(scenario.Secret("shop-db")))!;
        Assert.Equal(("servicebinding.io/postgresql", "data", "a b"), ((string?)secret["type"], (string?)secret["metadata"]!["labels"]!["tier"], (string?)secret["metadata"]!["annotations"]!["example.com/note"]));
        Assert.Equal("AT PG_POSTGRESQL_ADDON_HOST host type", string.Join(' ', secret.Data().Keys.Order(StringComparer.Ordinal)));
        Assert.Equal((host, host, "postgresql"), (secret.Data()["host"], secret.Data()["PG_POSTGRESQL_ADDON_HOST"], secret.Data()["type"]));
        Assert.EndsWith("@" + host, secret.Data()["AT"]);

        await scenario.Cluster.Api.PatchAsync(scenario.Secret("shop-db"), """{"data":{"AT":"b3RoZXI="},"metadata":{"labels":{"tier":"other"}}}""");
        await scenario.UntilAsync(
            scenario.Secret("shop-db"), edited => edited.Data()["AT"].EndsWith("@" + host, StringComparison.Ordinal) && (string?)edited!["metadata"]!["labels"]!["tier"] == "data");

        await scenario.Cluster.Api.PatchAsync(path, """{"spec":{"secret":{"enabled":false}}}""");
        await scenario.UntilAsync(path, state => state.IsReady() && state.Condition("SecretReady", "reason") == "SecretDisabled");
        Assert.Null(await scenario.Cluster.Api.GetAsync(scenario.Secret("shop-db")));
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Two_resources_that_want_one_Secret_do_not_fight(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var first = await scenario.ApplyAsync(Named("first"));
        await scenario.ReadyAsync(first);

        var second = await scenario.ApplyAsync(Named("second"));
        Assert.Contains("set spec.secret.name to another name", await scenario.HeldAsync(second, "SecretConflict"), StringComparison.Ordinal);

        var addon = Assert.Single(scenario.Clever.Addons.All);
        Assert.Equal(addon.Id, (await scenario.ReadyAsync(first)).StatusField("addon"));
        Assert.Equal("first", (string?)(await scenario.Cluster.Api.GetAsync(scenario.Secret("both")))!["metadata"]!["ownerReferences"]![0]!["name"]);

        static string Named(string name) => Manifests.Redis(name).Replace("plan: s,", "plan: s, secret: {name: both},", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_shape_that_is_not_known_is_refused_where_it_is_asked_for_or_told(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        using var kubectl = await Kubectl.CreateAsync(scenario.Cluster, scenario.Namespace);
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.PostgreSql("shop"));
        await scenario.ReadyAsync(path);

        var refused = await kubectl.RunAsync("kubectl", "patch", "postgresql/shop", "--type=merge", "--patch", """{"spec":{"secret":{"format":"Service"}}}""");
        Assert.NotEqual(0, refused.ExitCode);

        await scenario.Cluster.Api.PatchAsync(path, """{"spec":{"secret":{"type":"kubernetes.io/service-account-token","annotations":{"kubernetes.io/service-account.name":"default"}}}}""");
        Assert.Contains("spec.secret.type is \"kubernetes.io/service-account-token\"; allowed: Opaque", await scenario.HeldAsync(path, "InvalidSpec"), StringComparison.Ordinal);

        await scenario.Cluster.Api.PatchAsync(path, """{"spec":{"secret":{"type":null,"annotations":null,"keys":{"HOST":"POSTGRESQL_ADDON_HOSTS"}}}}""");
        Assert.Contains("did you mean POSTGRESQL_ADDON_HOST?", await scenario.HeldAsync(path, "SecretInvalid"), StringComparison.Ordinal);
        Assert.Equal(["POSTGRESQL_ADDON_HOST"], ((JsonObject)(await scenario.Cluster.Api.GetAsync(scenario.Secret("shop")))!["data"]!).Select(pair => pair.Key).Where(key => key.Contains("HOST", StringComparison.Ordinal)));
    }
}
