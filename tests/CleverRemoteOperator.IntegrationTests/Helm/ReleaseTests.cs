using CleverRemoteOperator.IntegrationTests.Compatibility;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Helm;

/// <summary>Releases in a cluster, the reference operator's among them. Of our chart they hold what the servers of the tests have types for: no Deployment, no permissions.</summary>
public sealed class ReleaseTests(HelmPackage package, ApiServers servers) : IClassFixture<HelmPackage>
{
    private const string Release = "clever-kubernetes-operator";
    private const string Resource = """
        apiVersion: api.clever-cloud.com/v1
        kind: PostgreSql
        metadata: {name: shop}
        spec: {organisation: orga_00000000-0000-4000-8000-000000000001, options: {version: 14, encryption: false}, instance: {region: par, plan: xs_sml}}
        """;

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task The_reference_operators_release_is_taken_over_and_given_back_and_no_definition_is_lost(ServerKind server)
    {
        var cluster = await servers.GetAsync(server, "helm", []);
        await using var scenario = await Scenario.CreateAsync(cluster);
        using var kubectl = await Kubectl.CreateAsync(cluster, scenario.Namespace);
        var reference = await ReferenceChartAsync(scenario.Folder);
        await HelmAsync(kubectl, "install", Release, reference);
        await scenario.Cluster.DefineAsync(await File.ReadAllTextAsync(ReferenceDefinitions.FileOf(DefinitionSource.Equivalent)));
        var path = await scenario.ApplyAsync(Resource);
        var before = await IdentityAsync(scenario, path);

        // The upgrade that would have helm delete every definition with every resource is refused.
        var refused = await kubectl.RunAsync(package.Helm, "upgrade", Release, Chart.Folder, "--reset-values");
        Assert.Contains("would delete the definition azimutts.api.clever-cloud.com", refused.Error, StringComparison.Ordinal);
        Assert.Contains("helm.sh/resource-policy=keep", refused.Error, StringComparison.Ordinal);

        var kept = await kubectl.RunLineAsync("kubectl annotate $(kubectl get crd -o name | grep api.clever-cloud.com) helm.sh/resource-policy=keep", scenario.Folder);
        Assert.True(kept.ExitCode == 0, kept.ToString());
        var served = ServedChart(scenario.Folder);
        await HelmAsync(kubectl, "upgrade", Release, served, "--reset-values", "--set", "config.token=t");
        Assert.Equal(before, await IdentityAsync(scenario, path));
        Assert.NotNull(await scenario.Cluster.Api.GetAsync(scenario.Secret("clever-remote-operator-configuration")));

        // Back, with our definitions in between; helm 4 asks before it takes fields that kubectl wrote.
        await kubectl.SaysAsync(null, "apply", "--server-side", "--force-conflicts", "-f", Repository.PathOf("deployments", "crds", "reference"));
        await HelmAsync(kubectl, "upgrade", Release, reference, "--reset-values", "--force-conflicts");
        Assert.Equal(before, await IdentityAsync(scenario, path));
        Assert.Null(await scenario.Cluster.Api.GetAsync(scenario.Secret("clever-remote-operator-configuration")));

        // With our release no definition goes, and with a new one none comes.
        var definitions = await kubectl.SaysAsync(null, "get", "crd", "-o", "name");
        await HelmAsync(kubectl, "upgrade", Release, served, "--reset-values");
        await HelmAsync(kubectl, "uninstall", Release);
        await HelmAsync(kubectl, "install", "another", served);
        Assert.Equal(before, await IdentityAsync(scenario, path));
        Assert.Equal(definitions, await kubectl.SaysAsync(null, "get", "crd", "-o", "name"));
        await HelmAsync(kubectl, "uninstall", "another");
    }

    /// <summary>Runs helm, which must succeed.</summary>
    private async Task HelmAsync(Kubectl kubectl, params string[] arguments)
    {
        var result = await kubectl.RunAsync(package.Helm, arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    /// <summary>What must stay of a resource and its definition.</summary>
    private static async Task<string> IdentityAsync(Scenario scenario, string path)
    {
        var definition = await scenario.Cluster.Api.GetAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/postgresqls.api.clever-cloud.com");
        var resource = await scenario.Cluster.Api.GetAsync(path);
        return $"{definition.At("metadata uid")} {definition.At("spec names kind")} {resource.At("metadata uid")} {resource.At("metadata generation")}";
    }

    /// <summary>A chart that holds the definitions as the reference operator's does: among its templates.</summary>
    private static async Task<string> ReferenceChartAsync(string folder)
    {
        var chart = Directory.CreateDirectory(Path.Combine(folder, "reference")).FullName;
        var templates = Directory.CreateDirectory(Path.Combine(chart, "templates")).FullName;
        await File.WriteAllTextAsync(Path.Combine(chart, "Chart.yaml"), $"apiVersion: v2\nname: {Release}\nversion: 0.4.0\n");
        File.Copy(ReferenceDefinitions.FileOf(DefinitionSource.Equivalent), Path.Combine(templates, "definitions.yaml"));
        await File.WriteAllTextAsync(Path.Combine(templates, "configuration.yaml"), $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {Release}-configuration}}\n");
        return chart;
    }

    /// <summary>Our chart without the templates of types that the servers of the tests lack.</summary>
    private static string ServedChart(string folder)
    {
        var chart = Path.Combine(folder, "served");
        foreach (var file in Directory.GetFiles(Chart.Folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not ("deployment.yaml" or "rbac.yaml")))
        {
            var copy = Path.Combine(chart, Path.GetRelativePath(Chart.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return chart;
    }
}
