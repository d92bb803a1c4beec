using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.CleverApi.Control;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>The whole way of every example, in two clusters at once.</summary>
public sealed class ExamplesTests(ApiServers servers)
{
    private static readonly string[] Reads = ["get", "list", "watch"];

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Every_example_becomes_ready_survives_a_restart_untouched_and_goes_without_a_trace(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"), await servers.GetAsync(kind, "west"));
        var environment = scenario.EnvironmentWithClusters();
        environment["CLEVER_OPERATOR_OPERATOR_RESYNC"] = "10m";

        var first = await scenario.StartAsync(environment);
        var resources = await ApplyAllAsync(scenario);
        foreach (var (cluster, path) in resources)
        {
            await AssertProvisionedAsync(scenario, cluster, path);
        }

        Assert.Equal(resources.Count, scenario.Clever.Addons.All.Count);
        Assert.Equal(2 * resources.Count, scenario.Clever.RequestCounts.Snapshot().Where(count => !IsOfCatalogue(count)).Sum(count => count.Count));
        Assert.Equal(0, await first.StopAsync());

        await AssertNothingWrittenAtStartAsync(scenario, environment, resources);
        await DeleteAllAsync(scenario, resources);
        Assert.Empty(scenario.Clever.Addons.All);
    }

    // Asked once for all resources, and so is whose account it is.
    private static bool IsOfCatalogue(RequestCount count) =>
        count.Route is "/v2/products/addonproviders" or "/v4/addon-providers/{providerId}" || count is { Route: "/v2/self", Count: 1 };

    private static async Task AssertNothingWrittenAtStartAsync(
        Scenario scenario, Dictionary<string, string> environment, List<(TestCluster Cluster, string Path)> resources)
    {
        var before = await RevisionsAsync(scenario, resources);
        scenario.Clever.RequestCounts.Reset();
        var second = await scenario.StartAsync(environment);
        await second.UntilMetricAsync("clever_operator_reconciliations_total", resources.Count);

        Assert.Equal(before, await RevisionsAsync(scenario, resources));
        Assert.DoesNotContain(scenario.Clever.RequestCounts.Snapshot(), count => count.Method != "GET");
        Assert.DoesNotContain(
            await second.SamplesAsync("clever_operator_kubernetes_requests_total"),
            sample => !Reads.Any(verb => sample.Contains($"verb=\"{verb}\"", StringComparison.Ordinal)) && !sample.Contains("resource=\"leases", StringComparison.Ordinal));
    }

    private static async Task DeleteAllAsync(Scenario scenario, List<(TestCluster Cluster, string Path)> resources)
    {
        foreach (var (cluster, path) in resources)
        {
            await cluster.Api.DeleteAsync(path);
        }

        foreach (var (cluster, path) in resources)
        {
            await scenario.UntilAsync(path, resource => resource is null, cluster);
        }
    }

    private static async Task<List<(TestCluster Cluster, string Path)>> ApplyAllAsync(Scenario scenario)
    {
        List<(TestCluster, string)> resources = [];
        foreach (var cluster in scenario.Clusters)
        {
            foreach (var manifest in Repository.Examples().Values)
            {
                resources.Add((cluster, await scenario.ApplyAsync(manifest, cluster)));
            }
        }

        return resources;
    }

    private static async Task AssertProvisionedAsync(Scenario scenario, TestCluster cluster, string path)
    {
        var resource = await scenario.ReadyAsync(path, cluster);
        var addon = Assert.Single(scenario.Clever.Addons.All, addon => addon.Id == resource.StatusField("addon"));
        Assert.Equal(addon.RealId, resource.StatusField("addonRealId"));
        Assert.Equal(Scenario.Organisation, resource.StatusField("organisation"));
        Assert.Equal("operator", resource.StatusField("credentialSource"));
        var kind = (string)resource["kind"]!;
        var asked = resource["spec"]!["secret"];
        Assert.Equal((string?)asked?["name"] ?? (string)resource["metadata"]!["name"]! + (kind == "ConfigProvider" ? "-secrets" : ""), resource.StatusField("secret"));
        var data = (await cluster.Api.GetAsync(scenario.Secret(resource.StatusField("secret")!))).Data();
        var environment = scenario.Clever.Addons.TemplateOf(addon).Environment().ToDictionary(variable => variable.Name, variable => variable.Value);
        if (asked?["only"] is JsonArray only)
        {
            Assert.Equal(only.Select(key => (string)key!).Order(StringComparer.Ordinal), data.Keys.Order(StringComparer.Ordinal));
            Assert.All(data.Values, Assert.NotEmpty);
        }
        else
        {
            Assert.Equal(environment.OrderBy(pair => pair.Key), data.OrderBy(pair => pair.Key));
        }
    }

    private static async Task<string> RevisionsAsync(Scenario scenario, List<(TestCluster Cluster, string Path)> resources)
    {
        List<string> revisions = [];
        foreach (var (cluster, path) in resources)
        {
            var resource = (await cluster.Api.GetAsync(path))!;
            var secret = (await cluster.Api.GetAsync(scenario.Secret(resource.StatusField("secret")!)))!;
            revisions.Add($"{path} {Revision(resource)} {Revision(secret)}");
        }

        return string.Join('\n', revisions);
    }

    private static string Revision(JsonObject resource) => (string)resource["metadata"]!["resourceVersion"]!;
}
