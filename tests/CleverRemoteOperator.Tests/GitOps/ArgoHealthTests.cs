using System.Reflection;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.GitOps;

/// <summary>What Argo CD shows of our resources, by the script that <c>examples/argocd</c> gives it.</summary>
public sealed class ArgoHealthTests
{
    private const string Folder = "examples/argocd/resource_customizations/api.clever-cloud.com/_";
    private static readonly string Script = File.ReadAllText(RepositoryFiles.Path(Folder, "health.lua"));

    public static TheoryData<string> Reasons => [.. typeof(Reason).GetFields(BindingFlags.Static | BindingFlags.Public).Select(reason => (string)reason.GetRawConstantValue()!)];

    public static TheoryData<string> Cases => [.. Tests().Select(test => (string)test["inputPath"]!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_of_its_own_test_is_as_the_test_says(string input)
    {
        var expected = Tests().Single(test => (string?)test["inputPath"] == input)["healthStatus"]!;

        var health = LuaCheck.Run(Script, RepositoryFiles.Json(File.ReadAllText(RepositoryFiles.Path(Folder, input))));

        Assert.Equal(((string?)expected["status"], (string?)expected["message"]), health);
    }

    [Fact]
    public void Every_file_of_its_test_data_is_a_case() => Assert.Equal(
        Directory.GetFiles(RepositoryFiles.Path(Folder, "testdata")).Select(file => $"testdata/{Path.GetFileName(file)}").Order(StringComparer.Ordinal),
        Cases.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_a_resource_can_be_held_by_has_its_health(string reason)
    {
        var problem = new Problem(ConditionType.Ready, reason, "why");

        Assert.Equal((problem.IsWork ? "Progressing" : reason == Reason.Paused ? "Suspended" : "Degraded", $"{reason}: why"), LuaCheck.Run(Script, ToldResource.With(problem)));
    }

    [Fact]
    public void What_is_not_known_yet_is_under_way_whatever_its_reason() =>
        Assert.Equal("Progressing", LuaCheck.Run(Script, ToldResource.With(new Problem(ConditionType.AddonReady, Reason.CredentialsChanged, "why") { IsUnknown = true })).Status);

    [Fact]
    public void The_ConfigMap_has_the_same_script()
    {
        var data = (string)RepositoryFiles.Json(File.ReadAllText(RepositoryFiles.Path("examples/argocd/argocd-cm.yaml")))["data"]!["resource.customizations"]!;

        Assert.Equal(Script.Trim(), ((string)RepositoryFiles.Json(data)["*clever-cloud.com/*"]!["health.lua"]!).Trim());
    }

    private static IEnumerable<JsonNode> Tests() =>
        RepositoryFiles.Json(File.ReadAllText(RepositoryFiles.Path(Folder, "health_test.yaml")))["tests"]!.AsArray().OfType<JsonNode>();
}
