using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

namespace CleverRemoteOperator.Tests.GitOps;

/// <summary>What Flux concludes of our resources, by the expressions that <c>examples/flux</c> gives it.</summary>
public sealed class FluxHealthTests
{
    private const string TestData = "examples/argocd/resource_customizations/api.clever-cloud.com/_/testdata";

    private static readonly List<JsonNode> Checks =
        [.. RepositoryFiles.Json(File.ReadAllText(RepositoryFiles.Path("examples/flux/kustomization.yaml")))["spec"]!["healthCheckExprs"]!.AsArray().OfType<JsonNode>()];

    [Fact]
    public void Every_kind_has_its_expressions_and_all_have_the_same()
    {
        Assert.Equal(
            AddonCatalog.All.SelectMany(kind => kind.Groups, (kind, group) => $"{group}/v1 {kind.Name}").Order(StringComparer.Ordinal),
            Checks.Select(check => $"{check["apiVersion"]} {check["kind"]}").Order(StringComparer.Ordinal));
        Assert.Single(Checks.Select(check => $"{check["inProgress"]}\n{check["failed"]}\n{check["current"]}").Distinct());
    }

    [Theory]
    [InlineData("healthy", "current")]
    [InlineData("behind", "inProgress")]
    [InlineData("deleting", "inProgress")]
    [InlineData("migrating", "none")]
    [InlineData("stalled", "failed")]
    [InlineData("paused", "current")]
    [InlineData("new", "not said yet")]
    [InlineData("without-conditions", "not said yet")]
    public void Each_resource_is_what_it_should_be(string file, string expected) =>
        Assert.Equal(expected, Conclude(RepositoryFiles.Json(File.ReadAllText(RepositoryFiles.Path(TestData, $"{file}.yaml")))));

    [Theory]
    [MemberData(nameof(ArgoHealthTests.Reasons), MemberType = typeof(ArgoHealthTests))]
    public void Every_reason_that_waits_for_somebody_is_failed_and_no_other(string reason)
    {
        var problem = new Problem(ConditionType.Ready, reason, "why");

        Assert.Equal(problem.IsStalled ? "failed" : "none", Conclude(ToldResource.With(problem)));
    }

    // In the order in which Flux asks. What cannot be evaluated yet, Flux waits for.
    private static string Conclude(JsonNode resource)
    {
        var scope = new CelScope("metadata", CelValues.From(resource["metadata"], null), new CelScope("status", CelValues.From(resource["status"] ?? new JsonObject(), null), null));
        try
        {
            return new[] { "inProgress", "failed", "current" }
                .FirstOrDefault(name => (bool)CelParser.Parse((string)Checks[0][name]!, "metadata", "status").Evaluate(scope)!) ?? "none";
        }
        catch (CelException)
        {
            return "not said yet";
        }
    }
}
