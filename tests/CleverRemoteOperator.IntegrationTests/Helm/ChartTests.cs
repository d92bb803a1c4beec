using System.Diagnostics;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Commands.Rbac;
using CleverRemoteOperator.IntegrationTests.CleverTools;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Helm;

/// <summary>The chart becomes what the manifests in <c>deployments/</c> are.</summary>
public sealed class ChartTests(HelmPackage package, ApiServers servers) : IClassFixture<HelmPackage>
{
    // What only a chart has: who made the object, and a sum that restarts pods. The policy is the default of an image with a version.
    private static readonly string[] ChartsOwn = ["app.kubernetes.io/managed-by", "checksum/configuration", "imagePullPolicy"];

    [Fact]
    public async Task Nothing_is_left_to_be_warned_of()
    {
        var result = await Chart.RunAsync(package, "{}", "lint", "--strict");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.DoesNotContain("[WARNING]", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_values_the_pod_is_the_one_of_the_manifests()
    {
        var rendered = (await Chart.RenderAsync(package, "{}")).Only("Deployment");
        var written = Manifests("30-deployment.yaml").Only("Deployment");
        foreach (var deployment in new[] { rendered, written })
        {
            var pod = deployment.At("spec template spec")!.AsObject();
            // What the pod says of its containers, the container may say itself.
            var ofPod = pod["securityContext"]?.DeepClone().AsObject() ?? [];
            pod.Remove("securityContext");
            foreach (var (name, value) in ofPod)
            {
                pod.At("containers 0 securityContext")!.AsObject()[name] = value?.DeepClone();
            }

            // A ConfigMap there, a Secret here.
            Assert.Equal("configuration", (string?)pod.At("volumes 0 name"));
            pod.Remove("volumes");
        }

        Assert.True(JsonNode.DeepEquals(written, Plain(rendered)), $"{Plain(rendered)}\nis not\n{written}");
    }

    [Fact]
    public async Task Without_values_the_configuration_is_the_one_of_the_manifests_and_credentials()
    {
        var rendered = (string)(await Chart.RenderAsync(package, "{}")).Only("Secret").At("stringData config.toml")!;
        // What somebody has to fill in first is refused as long as it stands there.
        var written = ((string)Manifests("20-configuration.yaml").Only("ConfigMap").At("data config.toml")!).Replace("<your_", "the-", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal);

        Assert.Equal(OperatorSection(await CheckAsync(written)), OperatorSection(await CheckAsync(rendered)));
    }

    [Fact]
    public async Task The_program_accepts_the_configuration_with_every_value_of_the_reference_operators_chart()
    {
        var rendered = await Chart.RenderAsync(package, """
            config: {endpoint: "https://api.clever-cloud.com/v2", token: the-token, secret: the-secret, consumerKey: the-key, consumerSecret: the-consumer-secret}
            """);

        var shown = await CheckAsync((string)rendered.Only("Secret").At("stringData config.toml")!);

        Assert.Equal(["endpoint", "token", "secret", "consumer-key", "consumer-secret"], shown.Split("[operator]")[0].Split('\n').Select(line => line.Trim().Split(' ')[0]).Where(key => key is not ("" or "[api]")));
        Assert.DoesNotContain("the-", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("namespaces: [shop, blog]")]
    public async Task The_permissions_are_those_the_code_renders(string values)
    {
        var rendered = (await Chart.RenderAsync(package, values)).Where(IsOfAccount).Select(Plain);
        var manifest = new RbacManifest();
        var expected = values == "{}" ? manifest.ClusterWide(Chart.Namespace) : manifest.PerNamespace(["shop", "blog"], Chart.Namespace);

        Assert.Equal(Chart.Objects(expected).Where(IsOfAccount).Select(Text).Order(), rendered.Select(Text).Order());
    }

    [Fact]
    public async Task The_guard_of_definitions_is_the_one_of_the_manifests()
    {
        var rendered = (await Chart.RenderAsync(package, "definitionGuard: {enabled: true}")).Where(IsOfGuard).Select(Text);

        Assert.Equal(Manifests("optional/definition-guard.yaml").Where(IsOfGuard).Select(Text).Order(), rendered.Order());
        Assert.Equal(2, rendered.Count());
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_server_takes_its_objects_as_far_as_it_has_their_types(ServerKind kind)
    {
        var cluster = await servers.GetAsync(kind, "east");
        await cluster.CreateNamespaceAsync(Chart.Namespace);
        var objects = (await Chart.RenderAsync(package, "config: {token: t}")).Where(found => (string?)found["apiVersion"] == "v1").ToList();

        Assert.Equal(["Secret", "ServiceAccount"], objects.Select(found => (string?)found["kind"]).Order());
        foreach (var found in objects)
        {
            Assert.Single(await cluster.Api.ApplyAsync(found.ToJsonString()));
        }
    }

    private static bool IsOfAccount(JsonObject found) => (string?)found["kind"] is "ServiceAccount" or "Role" or "RoleBinding" or "ClusterRole" or "ClusterRoleBinding";

    private static bool IsOfGuard(JsonObject found) => (string?)found["kind"] is "ValidatingAdmissionPolicy" or "ValidatingAdmissionPolicyBinding";

    private static string Text(JsonObject found) => found.ToJsonString();

    private static IReadOnlyList<JsonObject> Manifests(string file) =>
        Chart.Objects(File.ReadAllText(Repository.PathOf("deployments", "kubernetes", file)));

    /// <summary>The object without what only a chart has.</summary>
    private static JsonObject Plain(JsonObject found)
    {
        JsonObject plain = [];
        foreach (var (name, value) in found.Where(pair => !ChartsOwn.Contains(pair.Key)))
        {
            plain[name] = value switch
            {
                JsonObject map => Plain(map),
                JsonArray list => new JsonArray([.. list.Select(item => item is JsonObject map ? Plain(map) : item?.DeepClone())]),
                _ => value?.DeepClone(),
            };
        }

        if ((string?)plain["kind"] == "ServiceAccount")
        {
            (plain["metadata"] as JsonObject)?.Remove("labels");
        }

        return plain;
    }

    private static IEnumerable<string> OperatorSection(string shown) =>
        shown.Split("[operator]")[1].Split('\n').TakeWhile(line => !line.StartsWith('[')).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).TakeWhile(word => !word.StartsWith('/'))));

    /// <summary>What <c>--check</c> shows of a configuration file, which must be valid.</summary>
    private async Task<string> CheckAsync(string configuration)
    {
        var folder = Directory.CreateTempSubdirectory("chart-");
        try
        {
            var cluster = await servers.GetAsync(ServerKind.Sandbox, "east");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config.toml"), configuration);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "kubeconfig"), cluster.Kubeconfig());
            var start = new ProcessStartInfo(OperatorProgram.UnderTest.Program, [.. OperatorProgram.UnderTest.First, "--check", "--config", "config.toml", "--kubeconfig", "kubeconfig"])
            {
                WorkingDirectory = folder.FullName,
            };
            var result = await Finished.RunAsync(start, TimeSpan.FromMinutes(1));
            Assert.True(result.ExitCode == 0, result.ToString());
            return result.Output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
