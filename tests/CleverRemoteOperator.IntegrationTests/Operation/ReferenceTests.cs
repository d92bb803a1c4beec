using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>In a cluster with the reference operator's definitions its resources are served as they are.</summary>
public sealed class ReferenceTests(ApiServers servers)
{
    private const string Variable = "REFERENCE_CRDS";

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Every_kind_is_provisioned_and_its_transitions_are_events(ServerKind kind) => await AssertServedAsync(
        await servers.GetAsync(kind, "reference", [Asset("reference-definitions.yaml")]),
        [await File.ReadAllTextAsync(Asset("reference-resources.yaml"))]);

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task So_is_every_example_of_the_reference_operator_with_its_own_definitions(ServerKind kind)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
        {
            Assert.Skip($"{Variable} is not set. Let it name a folder with the reference operator's crds.yaml and its examples/*.yaml.");
            return;
        }

        var examples = await Task.WhenAll(Directory.GetFiles(Path.Combine(folder, "examples"), "*.yaml").Select(file => File.ReadAllTextAsync(file)));
        await AssertServedAsync(
            await servers.GetAsync(kind, "original", [Path.Combine(folder, "crds.yaml")]),
            // One asks for a version its own definition does not allow any more.
            examples.Select(text => text.Replace("orga_<uuid v4>", Scenario.Organisation, StringComparison.Ordinal)
                .Replace("orga_<uuid-v4>", Scenario.Organisation, StringComparison.Ordinal)
                .Replace("version: 626", "version: 880", StringComparison.Ordinal)));
    }

    private static async Task AssertServedAsync(TestCluster cluster, IEnumerable<string> manifests)
    {
        await using var scenario = await Scenario.CreateAsync(cluster);
        await scenario.StartAsync();
        var resources = manifests.SelectMany(text => text.Split("\n---")).Where(text => text.Contains("clever-cloud.com/", StringComparison.Ordinal)).ToList();
        Assert.Equal(14, resources.Count);
        List<string> paths = [];
        foreach (var resource in resources)
        {
            paths.Add(await scenario.ApplyAsync(resource));
        }

        foreach (var path in paths)
        {
            await AssertProvisionedAsync(scenario, path);
        }

        foreach (var path in paths)
        {
            await cluster.Api.DeleteAsync(path);
            await scenario.UntilAsync(path, resource => resource is null);
        }

        Assert.Empty(scenario.Clever.Addons.All);
    }

    private static async Task AssertProvisionedAsync(Scenario scenario, string path)
    {
        var before = await scenario.Cluster.Api.GetAsync(path);
        var resource = await scenario.UntilAsync(path, resource => resource.StatusField("addon") is not null);
        var addon = Assert.Single(scenario.Clever.Addons.All, addon => addon.Id == resource.StatusField("addon"));
        var secret = await scenario.UntilAsync(scenario.Secret($"{path[(path.LastIndexOf('/') + 1)..]}-secrets"), secret => secret is not null);

        Assert.Equal(scenario.Clever.Addons.TemplateOf(addon).Environment().Count, secret.Data().Count);
        Assert.Equal(before!["spec"]!.ToJsonString(), resource!["spec"]!.ToJsonString());
        Assert.Null(resource["status"]!["conditions"]);
        await scenario.Cluster.Api.UntilAnyAsync(
            $"/api/v1/namespaces/{scenario.Namespace}/events",
            found => IsAbout(found, resource) && (string?)found["reason"] == "Available",
            OperatorProcess.Patience);
    }

    private static bool IsAbout(JsonObject found, JsonObject resource) =>
        (string?)found["involvedObject"]!["uid"] == (string?)resource["metadata"]!["uid"];

    private static string Asset(string name) => Repository.PathOf("tests", "CleverRemoteOperator.IntegrationTests", "TestAssets", name);
}
