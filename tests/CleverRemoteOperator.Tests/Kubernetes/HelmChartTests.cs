using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Configuration.Settings;

namespace CleverRemoteOperator.Tests.Kubernetes;

/// <summary>The files of the Helm chart agree with the code and with each other.</summary>
public sealed class HelmChartTests
{
    // The chart sets these itself.
    private static readonly string[] SetByTheChart = ["listen", "metrics-listen", "kubeconfigs", "namespaces", "lease-namespace"];

    [Fact]
    public void Its_version_is_the_operators() =>
        Assert.Equal(
            (string?)RepositoryFiles.Json(Text("Chart.yaml"))["appVersion"],
            typeof(AddonCatalog).Assembly.GetName().Version!.ToString(3));

    [Fact]
    public void Every_setting_may_be_given_but_those_it_sets_itself() =>
        Assert.Equal(
            SettingTable.Operator.Select(setting => setting.Key).Except(SetByTheChart).Order(),
            Schema()["properties"]!["operator"]!["properties"]!.AsObject().Select(property => property.Key).Order());

    [Fact]
    public void Every_value_has_a_default_and_a_type_and_a_line_in_the_README()
    {
        var readme = Text("README.md");
        var values = Names(RepositoryFiles.Json(Text("values.yaml")).AsObject(), Schema()).ToList();

        Assert.Equal(Declared(Schema()).Where(name => name != "global").Order(), values.Order());
        Assert.All(values, name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }

    /// <summary>The values given in <c>values.yaml</c>, as <c>a.b</c> where the schema says what is in <c>a</c>.</summary>
    private static IEnumerable<string> Names(JsonObject values, JsonObject schema) => values.SelectMany(pair =>
        IsClosed(schema["properties"]![pair.Key]) && pair.Value is JsonObject { Count: > 0 } map ? map.Select(field => $"{pair.Key}.{field.Key}") : [pair.Key]);

    private static IEnumerable<string> Declared(JsonObject schema) => schema["properties"]!.AsObject().SelectMany(pair =>
        IsClosed(pair.Value) && pair.Key != "operator" ? pair.Value!["properties"]!.AsObject().Select(field => $"{pair.Key}.{field.Key}") : [pair.Key]);

    private static bool IsClosed(JsonNode? schema) => schema?["additionalProperties"]?.GetValueKind() == JsonValueKind.False;

    private static JsonObject Schema() => JsonNode.Parse(Text("values.schema.json"))!.AsObject();

    private static string Text(params string[] parts) => File.ReadAllText(RepositoryFiles.Path(["deployments", "helm", "clever-remote-operator", .. parts]));
}
