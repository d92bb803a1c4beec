using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;

namespace CleverRemoteOperator.Tests.Addons;

public sealed class ExamplesTests
{
    private static readonly IReadOnlyList<(string File, JsonNode Manifest)> Examples =
    [
        .. new[] { "", "secrets" }.SelectMany(folder => Directory.GetFiles(RepositoryFiles.Path("examples", folder), "*.yaml"))
            .Select(file => (Path.GetRelativePath(RepositoryFiles.Path("examples"), file), RepositoryFiles.Json(File.ReadAllText(file))))
            .Where(example => ((string?)example.Item2["apiVersion"])?.Contains("clever-cloud.com", StringComparison.Ordinal) == true),
    ];

    [Fact]
    public void Every_kind_has_one_and_the_product_page_two() =>
        Assert.Equal(
            AddonCatalog.All.Select(kind => kind.Name).Append("PostgreSQL").Append("Redis").Order(StringComparer.Ordinal),
            Examples.Where(example => !example.File.Contains('/', StringComparison.Ordinal)).Select(example => (string?)example.Manifest["kind"]).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_is_served_and_reads_without_a_mistake()
    {
        foreach (var (file, manifest) in Examples)
        {
            var kind = AddonCatalog.All.Single(kind => kind.Name == (string?)manifest["kind"]);
            Assert.Contains((string)manifest["apiVersion"]!, kind.Groups.Select(apiGroup => $"{apiGroup}/{kind.Versions[0]}"));
            Assert.True(AddonSpecReader.Read(kind, manifest["spec"]!.AsObject()).Mistakes is [], file);
        }
    }

    [Fact]
    public void All_can_be_applied_into_one_namespace()
    {
        var names = Examples.Select(example => (string?)example.Manifest["metadata"]!["name"]).ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Theory]
    [InlineData("product-page-postgresql.yaml", """
        {"apiVersion":"api.clever-cloud.com/v1","kind":"PostgreSQL","metadata":{"name":"my-postgresql","namespace":"default"},"spec":{"version":"14","plan":"S","region":"par","encryption":true}}
        """)]
    [InlineData("product-page-redis.yaml", """
        {"apiVersion":"clever-cloud.com/v1","kind":"Redis","metadata":{"name":"my-redis","namespace":"default"},"spec":{"version":"704","plan":"dev","region":"par"}}
        """)]
    public void The_product_page_s_stay_word_for_word(string file, string manifest) =>
        Assert.Equal(manifest.Trim(), Examples.Single(example => example.File == file).Manifest.ToJsonString());
}
