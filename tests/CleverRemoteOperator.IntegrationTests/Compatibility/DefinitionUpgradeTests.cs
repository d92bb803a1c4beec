using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Compatibility;

/// <summary>The reference operator's definitions are replaced by ours under its names, and put back, with objects in the cluster.</summary>
public sealed class DefinitionUpgradeTests(ApiServers servers)
{
    [Theory]
    [MemberData(nameof(TakeoverTests.Variants), MemberType = typeof(TakeoverTests))]
    public async Task Definitions_are_replaced_in_place_and_put_back_and_every_object_stays_readable(ServerKind server, DefinitionSource source)
    {
        var original = ReferenceDefinitions.FileOf(source);
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(server, $"upgrade{source}".ToLowerInvariant(), [original]));
        using var kubectl = await Kubectl.CreateAsync(scenario.Cluster, scenario.Namespace);
        await ReferenceState.LayCredentialsAsync(scenario);
        List<ReferenceState> states = [];
        foreach (var kind in ReferenceKind.All)
        {
            states.Add(await ReferenceState.LayAsync(scenario, kind, $"{kind.Plural}-old", isFinished: true));
        }

        var before = await ObjectsAsync(scenario, states);

        foreach (var file in Directory.GetFiles(Repository.PathOf("deployments", "crds", "reference")))
        {
            await kubectl.SaysAsync(null, "apply", "--server-side", "--force-conflicts", "-f", file);
            await scenario.Cluster.DefineAsync(await File.ReadAllTextAsync(file));
        }

        Assert.Equal(before, await ObjectsAsync(scenario, states));
        await AssertListedAsync(kubectl, states, "READY");
        await AssertStoredAsOneVersionAsync(scenario, states);
        await AssertServedWithConditionsAsync(scenario, states);

        await kubectl.SaysAsync(null, "apply", "--server-side", "--force-conflicts", "-f", original);
        await scenario.Cluster.DefineAsync(await File.ReadAllTextAsync(original));
        await AssertListedAsync(kubectl, states, "ADDON");
        foreach (var state in states)
        {
            await state.AssertUnderstoodByReferenceAsync(scenario);
        }
    }

    private static async Task AssertListedAsync(Kubectl kubectl, List<ReferenceState> states, string column)
    {
        foreach (var state in states)
        {
            var listed = await kubectl.SaysAsync(null, "get", $"{state.Kind.Plural}.{state.Kind.Version}.api.clever-cloud.com");
            Assert.Contains(column, listed.Split('\n')[0], StringComparison.Ordinal);
            Assert.Contains(state.Name, listed, StringComparison.Ordinal);
        }
    }

    private static async Task AssertStoredAsOneVersionAsync(Scenario scenario, List<ReferenceState> states)
    {
        foreach (var kind in states.Select(state => state.Kind))
        {
            var definition = await scenario.Cluster.Api.GetAsync($"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{kind.Plural}.api.clever-cloud.com");
            Assert.Equal([kind.Version], definition!["status"]!["storedVersions"]!.AsArray().Select(version => (string?)version));
        }
    }

    private static async Task AssertServedWithConditionsAsync(Scenario scenario, List<ReferenceState> states)
    {
        var environment = scenario.EnvironmentWithClusters();
        environment["CLEVER_OPERATOR_OPERATOR_ALLOWED_ENDPOINTS"] = scenario.Clever.Address.GetLeftPart(UriPartial.Authority);
        var process = await scenario.StartAsync(environment);
        foreach (var state in states)
        {
            var resource = await scenario.ReadyAsync(state.Path);
            Assert.Equal((state.AddonId, "namespace"), (resource.StatusField("addon"), resource.StatusField("credentialSource")?.Split(':', ' ')[0]));
        }

        Assert.Equal(0, await process.StopAsync());
        // Each add-on is claimed once, by its name.
        var changes = scenario.Clever.RequestCounts.Snapshot().Where(count => count.Method != "GET").ToList();
        Assert.All(changes, change => Assert.Equal("PUT", change.Method));
        Assert.Equal(states.Count, changes.Sum(change => change.Count));
    }

    /// <summary>Spec, status, finalizers and generation of each object, read in the version it was written in.</summary>
    private static async Task<string> ObjectsAsync(Scenario scenario, List<ReferenceState> states)
    {
        List<string> objects = [];
        foreach (var state in states)
        {
            var resource = (await scenario.Cluster.Api.GetAsync(state.Path))!;
            var metadata = resource["metadata"]!;
            objects.Add($"{state.Path} {metadata["uid"]} {metadata["generation"]} {metadata["finalizers"]!.ToJsonString()} {resource["spec"]!.ToJsonString()} {resource["status"]!.ToJsonString()}");
        }

        return string.Join('\n', objects);
    }
}
