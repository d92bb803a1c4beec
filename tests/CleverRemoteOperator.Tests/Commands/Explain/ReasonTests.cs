using CleverRemoteOperator.Commands.Explain;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.Commands.Explain;

/// <summary>No reason is told that nobody explains.</summary>
public sealed class ReasonTests : IDisposable
{
    private const string Begin = "<!-- reasons: begin -->\n";

    private readonly CommandLineWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(typeof(Reason))]
    [InlineData(typeof(FailureReason))]
    public void Every_reason_is_explained_once(Type reasons) => Assert.All(
        reasons.GetFields().Select(field => (string)field.GetRawConstantValue()!),
        reason => Assert.Single(ReasonText.All, text => text.Name == reason && text.Meaning.Length > 0 && text.WayOut.Length > 0));

    [Fact]
    public void No_name_stands_for_two() => Assert.Equal(ReasonText.All.Count, ReasonText.All.Select(text => text.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Fact]
    public void The_documentation_holds_the_table()
    {
        var text = File.ReadAllText(RepositoryFiles.Path("docs/operations.md"));
        var from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;

        Assert.Equal(ReasonText.Table(), text[from..text.IndexOf("<!-- reasons: end -->", StringComparison.Ordinal)]);
    }

    [Theory]
    [InlineData("PlanNotAvailable")]
    [InlineData("plannotavailable")]
    public async Task A_reason_is_told_with_what_to_do(string name) => Assert.Equal(
        (0, "PlanNotAvailable\n  The provider has no such plan; the message lists what it has.\n  What to do: Choose one of those.\n", ""),
        await _world.RunAsync("explain", name));

    [Fact]
    public async Task A_reason_nobody_knows_gets_the_one_that_was_meant() =>
        Assert.Equal((2, "", "error: reason: \"PlanNotAvailble\" is not known; did you mean PlanNotAvailable?\n"), await _world.RunAsync("explain", "PlanNotAvailble"));

    [Fact]
    public async Task Without_a_word_the_table_is_printed() => Assert.Equal((0, ReasonText.Table(), ""), await _world.RunAsync("explain"));
}
