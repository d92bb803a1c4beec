namespace CleverRemoteOperator.Tests.Commands.Export;

/// <summary>What may be asked of <c>export</c>, and how it ends.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly CommandLineWorld _world = new();

    public ExportCommandTests() => _world.Folder.With(
        "CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", CommandLineWorld.Kubeconfig.Replace("api.paris.example:6443", "127.0.0.1:9", StringComparison.Ordinal));

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("", "error: option --cluster: is missing; allowed: paris, or with --lost any cluster there was\n")]
    [InlineData(" --cluster pris", "error: option --cluster: \"pris\" is not known; did you mean paris?\n")]
    [InlineData(" --cluster paris --kind rdis", "error: option --kind: \"rdis\" is not known; did you mean Redis?\n")]
    public async Task A_wrong_word_is_told_with_the_way_out(string arguments, string expected) =>
        Assert.Equal((2, "", expected), await _world.RunAsync(("export" + arguments).Split(' ')));

    [Fact]
    public async Task A_cluster_that_does_not_answer_exports_nothing_and_the_way_out_is_named()
    {
        var (code, output, error) = await _world.RunAsync("export", "--cluster", "paris");

        Assert.Equal((1, ""), (code, output));
        Assert.EndsWith("; if it is lost for good, export --cluster paris --lost\n", error, StringComparison.Ordinal);
    }
}
