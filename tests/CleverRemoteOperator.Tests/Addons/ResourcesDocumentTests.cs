using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Addons.Definitions;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.Addons;

public sealed class ResourcesDocumentTests
{
    private static readonly string Document = File.ReadAllText(RepositoryFiles.Path("docs", "resources.md"));

    [Theory]
    [InlineData("docs/resources.md")]
    [InlineData("README.md")]
    public void The_kinds_table_is_that_of_the_catalogue(string file)
    {
        const string Start = "<!-- kinds: clever-remote-operator crd list -->\n";
        var text = File.ReadAllText(RepositoryFiles.Path(file));
        var start = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        Assert.Equal(AddonTable.Markdown(), text[start..text.IndexOf("<!-- end of kinds -->", StringComparison.Ordinal)]);
    }

    [Fact]
    public void Every_reason_is_explained()
    {
        var reasons = typeof(Reason).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.All(reasons, reason => Assert.Contains($"`{reason}`", Document));
    }

    [Fact]
    public void Every_field_of_spec_and_status_is_explained()
    {
        var fields = AddonCatalog.All.SelectMany(kind => kind.FlatFields.Concat(kind.StatusFromEnvironment.Select(field => field.Name)))
            .Concat(CustomResourceDefinitionStatus.Fields.Select(field => field.Name))
            .Concat(["organisation", "variables", "instance", "options", "deletionPolicy", "deletionProtection", "onMissing", "secret", "observedGeneration", "conditions"]).Distinct();
        Assert.All(fields, field => Assert.Contains($"| `{field}` |", Document));
    }
}
