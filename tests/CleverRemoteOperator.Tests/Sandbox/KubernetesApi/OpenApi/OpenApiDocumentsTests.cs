using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.OpenApi;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi.OpenApi;

public sealed class OpenApiDocumentsTests
{
    private static readonly JsonObject Widgets = JsonText.Object("""
        {"metadata":{"name":"widgets.test.example"},"spec":{"group":"test.example","scope":"Namespaced","names":{"kind":"Widget","plural":"widgets"},
         "versions":[
          {"name":"v1","served":true,"storage":true,"subresources":{"status":{}},
           "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"nullable":{"type":"string","nullable":true,"default":"x"}}}}}}},
          {"name":"v0","served":false,"storage":false}]}}
        """);

    [Fact]
    public void The_index_names_the_document_of_every_served_version()
    {
        string[] paths = [.. OpenApiDocuments.V3Index([Widgets])["paths"]!.AsObject().Select(pair => pair.Key)];
        Assert.Equal(["api/v1", "apis/coordination.k8s.io/v1", "apis/events.k8s.io/v1", "apis/apiextensions.k8s.io/v1", "apis/test.example/v1"], paths);
        Assert.All(paths, path => Assert.NotNull(OpenApiDocuments.V3(path, [Widgets])));
        Assert.Null(OpenApiDocuments.V3("apis/test.example/v0", [Widgets]));
    }

    [Fact]
    public void The_hash_of_a_document_changes_with_its_schema()
    {
        var changed = Widgets.DeepClone().AsObject();
        changed["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!["description"] = "new";
        Assert.NotEqual(Address(Widgets, "apis/test.example/v1"), Address(changed, "apis/test.example/v1"));
        Assert.Equal(Address(Widgets, "api/v1"), Address(changed, "api/v1"));
    }

    [Theory]
    [InlineData("/apis/test.example/v1/namespaces/{namespace}/widgets/{name}")]
    [InlineData("/apis/test.example/v1/namespaces/{namespace}/widgets/{name}/status")]
    public void A_patch_offers_validation_by_the_server(string path)
    {
        var patch = OpenApiDocuments.V3("apis/test.example/v1", [Widgets])!["paths"]![path]!["patch"]!;
        Assert.Contains("fieldValidation", patch["parameters"]!.AsArray().Select(parameter => (string?)parameter!["name"]));
        JsonText.AssertEqual("{'group':'test.example','version':'v1','kind':'Widget'}", patch["x-kubernetes-group-version-kind"]);
    }

    [Fact]
    public void Every_reference_leads_to_a_definition()
    {
        var v2 = OpenApiDocuments.V2([Widgets]);
        Assert.NotEmpty(References(v2));
        Assert.All(References(v2), reference => Assert.NotNull(v2["definitions"]![reference["#/definitions/".Length..]]));
        var v3 = OpenApiDocuments.V3("apis/test.example/v1", [Widgets])!;
        Assert.All(References(v3), reference => Assert.NotNull(v3["components"]!["schemas"]![reference["#/components/schemas/".Length..]]));
    }

    [Fact]
    public void Version_2_lacks_the_words_of_version_3_but_not_properties_of_their_name()
    {
        var spec = OpenApiDocuments.V2([Widgets])["definitions"]!["example.test.v1.Widget"]!["properties"]!["spec"]!;
        JsonText.AssertEqual("{'type':'object','properties':{'nullable':{'type':'string'}}}", spec);
    }

    [Fact]
    public void Built_in_lists_say_how_they_merge()
    {
        var metadata = OpenApiDocuments.V2([])["definitions"]!["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"]!["properties"]!;
        Assert.Equal("uid", (string?)metadata["ownerReferences"]!["x-kubernetes-patch-merge-key"]);
        Assert.Equal("set", (string?)metadata["finalizers"]!["x-kubernetes-list-type"]);
    }

    private static string? Address(JsonObject crd, string path) => (string?)OpenApiDocuments.V3Index([crd])["paths"]![path]!["serverRelativeURL"];

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => pair.Key == "$ref" ? [(string)pair.Value!] : References(pair.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
