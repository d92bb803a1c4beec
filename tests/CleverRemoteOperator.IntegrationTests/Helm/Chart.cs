using System.Diagnostics;
using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.CleverTools;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

namespace CleverRemoteOperator.IntegrationTests.Helm;

/// <summary>The chart, and what helm makes of it without a cluster.</summary>
internal static class Chart
{
    public const string Namespace = "clever-kubernetes-operator-system";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    public static string Folder { get; } = Repository.PathOf("deployments", "helm", "clever-remote-operator");

    /// <summary>Runs helm on the chart with these values, YAML.</summary>
    /// <param name="command">Such as <c>template</c>.</param>
    public static Task<Finished> RunAsync(HelmPackage package, string values, params string[] command) =>
        Finished.RunAsync(new ProcessStartInfo(package.Helm, [.. command, Folder, "--namespace", Namespace, "--values", "-"]), Timeout, values);

    /// <summary>The objects the chart becomes with these values, YAML.</summary>
    public static async Task<IReadOnlyList<JsonObject>> RenderAsync(HelmPackage package, string values)
    {
        var result = await RunAsync(package, values, "template", "release");
        Assert.True(result.ExitCode == 0, result.ToString());
        return Objects(result.Output);
    }

    /// <summary>The objects in a text of YAML documents.</summary>
    public static IReadOnlyList<JsonObject> Objects(string yaml) =>
        [.. yaml.Split("---\n").Select(YamlBody.Parse).OfType<JsonObject>()];

    /// <summary>The one object of this kind.</summary>
    public static JsonObject Only(this IEnumerable<JsonObject> objects, string kind) => Assert.Single(objects, found => (string?)found["kind"] == kind);

    /// <summary>What stands at a path of names and indexes with spaces between them; null for nothing.</summary>
    public static JsonNode? At(this JsonNode? node, string path) => path.Split(' ').Aggregate(node, (found, step) => found switch
    {
        JsonArray list when int.TryParse(step, out var index) => index < list.Count ? list[index] : null,
        JsonObject map => map[step],
        _ => null,
    });
}
