using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Addons.Definitions;

namespace CleverRemoteOperator.Tests.Addons;

public sealed class CustomResourceDefinitionTests
{
    [Theory]
    [InlineData("product")]
    [InlineData("reference")]
    public void The_rendered_files_are_those_of_the_repository(string names)
    {
        var rendered = CustomResourceDefinition.Render(AddonCatalog.All, Enum.Parse<CustomResourceDefinitionNames>(names, ignoreCase: true))
            .ToDictionary(crd => crd.Name + ".yaml", crd => "---\n" + YamlWriter.Write(crd.Definition));
        var folder = RepositoryFiles.Path("deployments", "crds", names);
        var files = Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        var differing = rendered.Keys.Union(files.Keys).Where(file => rendered.GetValueOrDefault(file) != files.GetValueOrDefault(file));
        Assert.True(
            !differing.Any(),
            $"{string.Join(", ", differing)}: render again with clever-remote-operator crd view --names {names} --output deployments/crds/{names}");
    }

    [Fact]
    public void YAML_reads_back_to_the_same_JSON()
    {
        var texts = new JsonArray("True", "1", "1.5", "yes", "null", "~", "", "a: b", "- a", "#", "é…", "a\nb", "{", "'", "\"", "0x1", "2026-01-01", "*a");
        var written = new JsonObject { ["texts"] = texts, ["number"] = 999_999_999, ["flag"] = false, ["none"] = new JsonObject(), ["empty"] = new JsonArray() };
        Assert.Equal(written.ToJsonString(), RepositoryFiles.Json(YamlWriter.Write(written)).ToJsonString());
        var crds = CustomResourceDefinition.Render(AddonCatalog.All, CustomResourceDefinitionNames.Product);
        Assert.All(crds, crd => Assert.Equal(crd.Definition.ToJsonString(), RepositoryFiles.Json(YamlWriter.Write(crd.Definition)).ToJsonString()));
    }

    [Fact]
    public void Both_names_differ_in_the_four_kinds_the_reference_operator_spells_otherwise()
    {
        Assert.Equal(["Elasticsearch", "MongoDB", "MySQL", "PostgreSQL"], Names(CustomResourceDefinitionNames.Product, "kind")
            .Except(Names(CustomResourceDefinitionNames.Reference, "kind")));
        Assert.Equal(["ElasticSearch", "MongoDb", "MySql", "PostgreSql"], Names(CustomResourceDefinitionNames.Reference, "kind")
            .Except(Names(CustomResourceDefinitionNames.Product, "kind")));
        Assert.Equal(Names(CustomResourceDefinitionNames.Product, "singular"), Names(CustomResourceDefinitionNames.Reference, "singular"));
    }

    [Theory]
    [InlineData("kvs", nameof(CustomResourceDefinitionNames.Product), "v1")]
    [InlineData("kvs", nameof(CustomResourceDefinitionNames.Reference), "v1alpha1")]
    [InlineData("pulsars", nameof(CustomResourceDefinitionNames.Reference), "v1beta1")]
    [InlineData("postgresqls", nameof(CustomResourceDefinitionNames.Reference), "v1")]
    public void In_place_of_the_reference_operator_s_its_version_stays_the_stored_one(string plural, string names, string stored)
    {
        var versions = Spec(plural, Enum.Parse<CustomResourceDefinitionNames>(names))["versions"]!.AsArray();
        Assert.Equal(stored, (string?)Assert.Single(versions, version => (bool)version!["storage"]!)!["name"]);
        Assert.All(versions, version => Assert.True((bool)version!["served"]!));
        Assert.Contains("v1", versions.Select(version => (string?)version!["name"]));
    }

    [Fact]
    public void No_short_name_stands_in_two_definitions()
    {
        var shortNames = CustomResourceDefinition.Render(AddonCatalog.All, CustomResourceDefinitionNames.Product)
            .SelectMany(crd => crd.Definition["spec"]!["names"]!["shortNames"]?.AsArray().Select(name => (string?)name) ?? []).ToList();
        Assert.Equal(shortNames.Distinct(), shortNames);
        Assert.Contains("r", shortNames);
    }

    [Fact]
    public void Nothing_is_rendered_that_a_server_drops_so_that_applying_again_changes_nothing() => Assert.DoesNotContain(
        CustomResourceDefinition.Render(AddonCatalog.All, CustomResourceDefinitionNames.Product),
        crd => crd.Definition.ToJsonString() is var text && (text.Contains("\"priority\":0", StringComparison.Ordinal) || text.Contains("[]", StringComparison.Ordinal)));

    [Theory]
    [InlineData(nameof(CustomResourceDefinitionNames.Product))]
    [InlineData(nameof(CustomResourceDefinitionNames.Reference))]
    public void Every_definition_asks_Helm_and_Argo_CD_to_keep_it(string names) => Assert.All(
        CustomResourceDefinition.Render(AddonCatalog.All, Enum.Parse<CustomResourceDefinitionNames>(names)),
        crd => Assert.Equal(
            """{"helm.sh/resource-policy":"keep","argocd.argoproj.io/sync-options":"Prune=false,Delete=false"}""",
            crd.Definition["metadata"]!["annotations"]!.ToJsonString()));

    [Fact]
    public void Every_field_has_a_description()
    {
        foreach (var kind in AddonCatalog.All)
        {
            var schema = Schema(kind.Plural);
            Assert.All(Fields(schema, kind.Name), field => Assert.False(string.IsNullOrEmpty((string?)field.Schema["description"]), field.Path));
            Assert.Contains(Fields(schema, kind.Name), field => field.Path.EndsWith(".status.addon", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_field_the_reader_reads_is_in_the_schema_of_both_layouts()
    {
        foreach (var kind in AddonCatalog.All.Where(kind => !kind.HasOneLayout))
        {
            var spec = Schema(kind.Plural)["properties"]!["spec"]!["properties"]!;
            Assert.All(kind.FlatFields, field => Assert.NotNull(spec[field]));
            Assert.All(kind.InstanceFields, field => Assert.NotNull(spec["instance"]!["properties"]![field]));
            Assert.All(kind.Options, option => Assert.NotNull(spec["options"]!["properties"]![option.Name]));
        }
    }

    [Fact]
    public void The_reference_operator_s_print_columns_keep_their_places()
    {
        var columns = Spec("elasticsearches", CustomResourceDefinitionNames.Reference)["versions"]![0]!["additionalPrinterColumns"]!.AsArray();
        Assert.Equal(
            ["organisation", "addon", "region", "instance", "version", "encrypted", "kibana", "apm", "ready", "reason", "on-deletion", "age"],
            columns.Select(column => (string?)column!["name"]));
    }

    private static IEnumerable<string?> Names(CustomResourceDefinitionNames names, string field) =>
        CustomResourceDefinition.Render(AddonCatalog.All, names).Select(crd => (string?)crd.Definition["spec"]!["names"]![field]);

    private static JsonNode Spec(string plural, CustomResourceDefinitionNames names) =>
        CustomResourceDefinition.Render([AddonCatalog.ByPlural(plural)!], names).First().Definition["spec"]!;

    private static JsonNode Schema(string plural) =>
        Spec(plural, CustomResourceDefinitionNames.Product)["versions"]![0]!["schema"]!["openAPIV3Schema"]!;

    private static IEnumerable<(string Path, JsonObject Schema)> Fields(JsonNode schema, string path) =>
        (schema["properties"] as JsonObject ?? schema["items"]?["properties"] as JsonObject ?? [])
        .SelectMany(field => Fields(field.Value!, $"{path}.{field.Key}").Prepend(($"{path}.{field.Key}", field.Value!.AsObject())));
}
