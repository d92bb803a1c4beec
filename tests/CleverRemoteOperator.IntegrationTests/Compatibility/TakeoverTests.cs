using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Compatibility;

/// <summary>The reference operator is stopped and ours started, and the other way round.</summary>
public sealed class TakeoverTests(ApiServers servers)
{
    public static TheoryData<ServerKind, DefinitionSource> Variants { get; } = new(
        from server in Enum.GetValues<ServerKind>() from source in Enum.GetValues<DefinitionSource>() select (server, source));

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task What_the_reference_operator_left_is_served_and_each_add_on_claimed_once_and_nothing_else_is_changed(ServerKind server, DefinitionSource source) =>
        await TakeOverAsync(server, source, usesReferenceNames: false);

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task With_the_reference_s_names_nothing_at_all_is_changed(ServerKind server) =>
        await TakeOverAsync(server, DefinitionSource.Original, usesReferenceNames: true);

    private async Task TakeOverAsync(ServerKind server, DefinitionSource source, bool usesReferenceNames)
    {
        await using var scenario = await CreateAsync(server, source);
        List<ReferenceState> left = [];
        foreach (var kind in ReferenceKind.All)
        {
            left.Add(await ReferenceState.LayAsync(scenario, kind, $"{kind.Plural}-finished", isFinished: true));
            left.Add(await ReferenceState.LayAsync(scenario, kind, $"{kind.Plural}-begun", isFinished: false));
        }

        var (specs, addons) = (await SpecsAsync(scenario, left), AddonsOf(scenario));
        var environment = Environment(scenario);
        environment["CLEVER_OPERATOR_OPERATOR_ADDON_NAMES"] = usesReferenceNames ? "reference" : "own";
        var process = await scenario.StartAsync(environment);
        foreach (var state in left)
        {
            await scenario.UntilAsync(state.Path, resource => resource.StatusField("addon") == state.AddonId);
            await scenario.UntilAsync(scenario.Secret($"{state.Name}-secrets"), secret => secret is not null);
        }

        Assert.Equal(usesReferenceNames, process.Output.Contains("do not contain the cluster", StringComparison.Ordinal));

        // Every resource is looked at again and again: whatever would be changed late is changed by then.
        await process.UntilMetricAsync("clever_operator_reconciliations_total", 4 * left.Count);
        Assert.Equal(addons, AddonsOf(scenario));
        Assert.Equal(specs, await SpecsAsync(scenario, left));
        var changes = scenario.Clever.RequestCounts.Snapshot().Where(count => count.Method != "GET").ToList();
        Assert.All(changes, change => Assert.Equal("PUT", change.Method));
        Assert.Equal(usesReferenceNames ? 0 : left.Count, changes.Sum(change => change.Count));
        Assert.All(left, state => Assert.Equal(
            usesReferenceNames ? state.Kind.AddonName(state.Uid) : $"{state.Kind.AddonName(state.Uid)}::{scenario.Cluster.Name}/{scenario.Namespace}/{state.Name}",
            scenario.Clever.Addons.All.Single(addon => addon.Id == state.AddonId).Name));
        Assert.All(await process.SamplesAsync("kubernetes_operator_reconciliation_failed"), sample => Assert.EndsWith(" 0", sample, StringComparison.Ordinal));

        Assert.Equal(0, await process.StopAsync());
        foreach (var state in left)
        {
            await state.AssertUnderstoodByReferenceAsync(scenario);
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task What_we_create_under_its_definitions_it_understands_and_nothing_stays_after_a_deletion(ServerKind server, DefinitionSource source)
    {
        await using var scenario = await CreateAsync(server, source);
        var process = await scenario.StartAsync(Environment(scenario));
        List<ReferenceState> created = [];
        foreach (var kind in ReferenceKind.All)
        {
            var manifest = kind.Manifest(kind.Plural, kind.PlanOf(scenario.Clever.Catalogue).Slug, isServed: false);
            var path = await scenario.ApplyAsync(manifest.ToJsonString());
            var resource = (await scenario.UntilAsync(path, resource => resource.StatusField("addon") is not null))!;
            await scenario.UntilAsync(scenario.Secret($"{kind.Plural}-secrets"), secret => secret is not null);
            created.Add(new(kind, kind.Plural, path, (string)resource["metadata"]!["uid"]!, resource.StatusField("addon")!));
            Assert.True(JsonNode.DeepEquals(manifest["spec"]!["instance"], resource["spec"]!["instance"]), $"{path}: {resource["spec"]}");
        }

        await process.UntilMetricAsync("clever_operator_reconciliations_total", 4 * created.Count);
        Assert.Equal(ReferenceKind.All.Count, scenario.Clever.Addons.All.Count);
        await AssertOneEventEachAsync(scenario, created.Count);
        foreach (var state in created)
        {
            await state.AssertUnderstoodByReferenceAsync(scenario);
            await scenario.Cluster.Api.DeleteAsync(state.Path);
        }

        foreach (var state in created)
        {
            await scenario.UntilAsync(state.Path, resource => resource is null);
        }

        Assert.Empty(scenario.Clever.Addons.All);
        Assert.Equal(0, await process.StopAsync());
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Its_examples_are_provisioned_under_its_definitions_with_only_the_status_they_declare_and_one_Event_each(ServerKind server)
    {
        await using var scenario = await CreateAsync(server, DefinitionSource.Original);
        var process = await scenario.StartAsync(Environment(scenario));
        var examples = ReferenceDefinitions.Examples();
        foreach (var example in examples)
        {
            var path = await scenario.ApplyAsync(example);
            var resource = (await scenario.UntilAsync(path, resource => resource.StatusField("addon") is not null))!;
            await scenario.UntilAsync(scenario.Secret($"{resource["metadata"]!["name"]}-secrets"), secret => secret is not null);
            Assert.Subset(new HashSet<string> { "addon", "url", "admin_url" }, resource["status"]!.AsObject().Select(field => field.Key).ToHashSet());
        }

        await process.UntilMetricAsync("clever_operator_reconciliations_total", 4 * examples.Count);
        Assert.Equal(ReferenceKind.All.Select(kind => kind.Provider).Order(), scenario.Clever.Addons.All.Select(addon => addon.ProviderId).Order());
        await AssertOneEventEachAsync(scenario, examples.Count);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task An_add_on_known_by_its_id_only_is_left_alone_until_it_has_its_name_again(ServerKind server)
    {
        await using var scenario = await CreateAsync(server, DefinitionSource.Equivalent);
        var state = await ReferenceState.LayAsync(scenario, ReferenceKind.All[0], "renamed", isFinished: true);
        var addon = Assert.Single(scenario.Clever.Addons.All);
        scenario.Clever.Addons.Change(addon, addon => addon with { Name = "database of the shop" });
        var secret = scenario.Secret("renamed-secrets");
        await scenario.Cluster.Api.DeleteAsync(secret);

        var process = await scenario.StartAsync(Environment(scenario));
        await process.WroteAsync("so nothing proves that it is this resource's");
        Assert.Null(await scenario.Cluster.Api.GetAsync(secret));
        Assert.Equal("database of the shop", Assert.Single(scenario.Clever.Addons.All).Name);

        scenario.Clever.Addons.Change(addon, renamed => renamed with { Name = addon.Name });
        await scenario.Cluster.Api.PatchAsync(state.Path, """{"metadata": {"annotations": {"look": "again"}}}""");
        await scenario.UntilAsync(secret, found => found is not null);
        Assert.Equal(["PUT"], scenario.Clever.RequestCounts.Snapshot().Where(count => count.Method != "GET").Select(count => count.Method));
        await state.AssertUnderstoodByReferenceAsync(scenario);
    }

    private async Task<Scenario> CreateAsync(ServerKind server, DefinitionSource source)
    {
        var file = ReferenceDefinitions.FileOf(source);
        var scenario = await Scenario.CreateAsync(await servers.GetAsync(server, source.ToString().ToLowerInvariant(), [file]));
        await ReferenceState.LayCredentialsAsync(scenario);
        return scenario;
    }

    /// <summary>Where conditions are dropped, Events tell of each transition, and of none twice.</summary>
    private static async Task AssertOneEventEachAsync(Scenario scenario, int resources)
    {
        var list = await scenario.Cluster.Api.GetAsync($"/api/v1/namespaces/{scenario.Namespace}/events");
        var told = list!["items"]!.AsArray().Select(entry => $"{entry!["involvedObject"]!["uid"]} {entry["reason"]}").ToList();
        Assert.Equal(resources, told.Count(entry => entry.EndsWith(" Available", StringComparison.Ordinal)));
        Assert.Equal(told.Count, told.Distinct().Count());
    }

    // The namespace's own credentials are all there are: served at all means that they were understood.
    private static Dictionary<string, string> Environment(Scenario scenario)
    {
        var environment = scenario.EnvironmentWithClusters();
        foreach (var variable in environment.Keys.Where(name => name.StartsWith("CLEVER_OPERATOR_API_", StringComparison.Ordinal)).ToList())
        {
            environment.Remove(variable);
        }

        environment["CLEVER_OPERATOR_OPERATOR_ALLOWED_ENDPOINTS"] = scenario.Clever.Address.GetLeftPart(UriPartial.Authority);
        return environment;
    }

    private static string AddonsOf(Scenario scenario) =>
        string.Join('\n', scenario.Clever.Addons.All.Select(addon => $"{addon.Id} {addon.PlanId} {addon.Version} {addon.Region}"));

    private static async Task<string> SpecsAsync(Scenario scenario, List<ReferenceState> states)
    {
        List<string> specs = [];
        foreach (var state in states)
        {
            var resource = (await scenario.Cluster.Api.GetAsync(state.Path))!;
            specs.Add($"{state.Path} {resource["metadata"]!["generation"]} {resource["spec"]!.ToJsonString()}");
        }

        return string.Join('\n', specs);
    }
}
