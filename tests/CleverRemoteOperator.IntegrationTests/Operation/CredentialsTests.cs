using System.Diagnostics;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>Whose account serves a namespace, and what happens while its Secret is wrong.</summary>
public sealed class CredentialsTests(ApiServers servers)
{
    private static readonly TimeSpan EffectOfAnEdit = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task The_secret_of_the_namespace_wins_over_the_operators_own_even_as_base64_of_base64(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.ApplyAsync(Manifests.Credentials(Manifests.Base64(Manifests.Base64(Other(scenario)))));
        await scenario.StartAsync();

        var resource = await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("others")));
        Assert.Equal("namespace", resource.StatusField("credentialSource"));
        Assert.Equal(Scenario.OtherOrganisation, resource.StatusField("organisation"));
        Assert.Equal(Scenario.OtherOrganisation, Assert.Single(scenario.Clever.Addons.All).OwnerId);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_secret_applied_a_moment_after_its_resources_serves_every_one_that_was_not_asked_for_before(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();

        var resources = Enumerable.Range(0, 20).Select(number => scenario.ApplyAsync(Manifests.Redis($"beside-{number}"))).ToList();
        var applied = scenario.ApplyAsync(Manifests.Credentials(Other(scenario)));
        var paths = await Task.WhenAll(resources);
        await applied;
        foreach (var path in paths)
        {
            await scenario.UntilAsync(path, resource => resource.IsReady() || resource.IsHeldBy("CredentialsChanged"));
        }

        // One that was asked for before the Secret came keeps its account, and says so; no other was made with the operator's.
        var held = 0;
        foreach (var path in paths)
        {
            held += (await scenario.UntilAsync(path, resource => (resource.IsReady() && resource.StatusField("credentialSource") == "namespace") || resource.StatusField("credentialSource") == "operator"))
                .StatusField("credentialSource") == "operator" ? 1 : 0;
        }

        Assert.Equal(paths.Length, scenario.Clever.Addons.All.Count);
        Assert.Equal(held, scenario.Clever.Addons.All.Count(addon => addon.OwnerId == Scenario.Organisation));
        Assert.Equal(paths.Length, scenario.Clever.Addons.All.Select(addon => addon.Name).Distinct().Count());
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_secret_that_cannot_be_used_fails_closed_until_it_is_corrected(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.ApplyAsync(Manifests.Credentials("[api\ntoken = "));
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.Redis("waits"));

        var message = await scenario.HeldAsync(path, "InvalidCredentialsSecret");
        Assert.Contains($"{scenario.Namespace}/clever-kubernetes-operator", message, StringComparison.Ordinal);
        Assert.Equal("False", (await scenario.Cluster.Api.GetAsync(path)).Condition("CredentialsResolved", "status"));

        await scenario.ApplyAsync(Manifests.Credentials(Manifests.Toml(new("https://api.attacker.example"), "t", "s", Scenario.Organisation)));
        await scenario.UntilAsync(path, resource => resource.Condition("Ready", "message")?.Contains("attacker", StringComparison.Ordinal) == true);
        Assert.True((await scenario.Cluster.Api.GetAsync(path)).IsHeldBy("InvalidCredentialsSecret"));
        Assert.Equal(0, scenario.Clever.RequestCounts.Total);

        await scenario.ApplyAsync(Manifests.Credentials(Other(scenario)));
        await scenario.ReadyAsync(path);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_token_that_is_refused_is_told_and_a_corrected_one_takes_effect_within_two_seconds(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.ApplyAsync(Manifests.Credentials(Manifests.Toml(scenario.Clever.Address, "wrong-token", "wrong-secret", Scenario.OtherOrganisation)));
        var process = await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.Redis("refused"));
        await scenario.HeldAsync(path, "Unauthorized");
        Assert.Empty(scenario.Clever.Addons.All);
        Assert.DoesNotContain("wrong-token", process.Output, StringComparison.Ordinal);

        var edited = Stopwatch.StartNew();
        await scenario.ApplyAsync(Manifests.Credentials(Other(scenario)));
        var resource = await scenario.ReadyAsync(path);
        Assert.True(edited.Elapsed < EffectOfAnEdit, $"ready after {edited.Elapsed}");
        Assert.Equal(Scenario.OtherOrganisation, resource.StatusField("organisation"));
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Without_any_credentials_a_resource_says_what_to_do(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var environment = scenario.EnvironmentWithClusters();
        foreach (var name in environment.Keys.Where(name => name.StartsWith("CLEVER_OPERATOR_API_", StringComparison.Ordinal)).ToList())
        {
            environment.Remove(name);
        }

        await scenario.StartAsync(environment);
        Assert.Contains("clever-kubernetes-operator", await scenario.HeldAsync(await scenario.ApplyAsync(Manifests.Redis("none")), "NoCredentials"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Each_way_out_that_changed_credentials_name_works(ServerKind kind)
    {
        const string Annotation = "api.clever-cloud.com/accept-credentials";
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        var path = await scenario.ApplyAsync(Manifests.Redis("cache"));
        var addon = (await scenario.ReadyAsync(path)).StatusField("addon");

        // Restore the former ones: the namespace's Secret goes again.
        await scenario.ApplyAsync(Manifests.Credentials(Other(scenario)));
        var told = await scenario.HeldAsync(path, "CredentialsChanged");
        Assert.Contains(Scenario.Organisation, told, StringComparison.Ordinal);
        Assert.Contains($"{Annotation}: \"true\"", told, StringComparison.Ordinal);
        await scenario.Cluster.Api.DeleteAsync(scenario.Secret("clever-kubernetes-operator"));
        await scenario.ReadyAsync(path);

        // Accept others that reach the organisation; the annotation may go afterwards.
        await scenario.ApplyAsync(Manifests.Credentials(Manifests.Toml(scenario.Clever.Address, "sandbox-token", "sandbox-secret", Scenario.OtherOrganisation)));
        await scenario.HeldAsync(path, "CredentialsChanged");
        await scenario.Cluster.Api.PatchAsync(path, $$$"""{"spec":{"organisation":"{{{Scenario.Organisation}}}"},"metadata":{"annotations":{"{{{Annotation}}}":"true"} } }""");
        await scenario.UntilAsync(path, resource => resource.IsReady() && resource.StatusField("credentialSource") == "namespace");
        await scenario.Cluster.Api.PatchAsync(path, $$$"""{"metadata":{"annotations":{"{{{Annotation}}}":null} } }""");
        await scenario.Cluster.Api.PatchAsync(path, """{"metadata":{"annotations":{"example.com/seen":"1"}}}""");
        await scenario.ReadyAsync(path);

        // And back, both ways.
        await scenario.Cluster.Api.DeleteAsync(scenario.Secret("clever-kubernetes-operator"));
        await scenario.HeldAsync(path, "CredentialsChanged");
        await scenario.ApplyAsync(Manifests.Credentials(Manifests.Toml(scenario.Clever.Address, "sandbox-token", "sandbox-secret", Scenario.Organisation)));
        await scenario.ReadyAsync(path);
        await scenario.Cluster.Api.DeleteAsync(scenario.Secret("clever-kubernetes-operator"));
        await scenario.HeldAsync(path, "CredentialsChanged");
        await scenario.Cluster.Api.PatchAsync(path, $$$"""{"metadata":{"annotations":{"{{{Annotation}}}":"true"} } }""");
        await scenario.UntilAsync(path, resource => resource.IsReady() && resource.StatusField("credentialSource") == "operator");

        Assert.Equal(addon, Assert.Single(scenario.Clever.Addons.All).Id);
        await scenario.Cluster.Api.DeleteAsync(path);
        await scenario.UntilAsync(path, resource => resource is null);
        Assert.Empty(scenario.Clever.Addons.All);
    }

    private static string Other(Scenario scenario) => Manifests.Toml(scenario.Clever.Address, "other-token", "other-secret", Scenario.OtherOrganisation);
}
