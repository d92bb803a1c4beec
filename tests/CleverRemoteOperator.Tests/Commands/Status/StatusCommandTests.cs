namespace CleverRemoteOperator.Tests.Commands.Status;

/// <summary>What may be asked of <c>status</c>, and how it ends.</summary>
public sealed class StatusCommandTests : IDisposable
{
    private readonly CommandLineWorld _world = new();

    public StatusCommandTests() => _world.Folder.With(
        "CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG", CommandLineWorld.Kubeconfig.Replace("api.paris.example:6443", "127.0.0.1:9", StringComparison.Ordinal));

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("--cluster pris", "error: option --cluster: \"pris\" is not known; did you mean paris?\n")]
    [InlineData("--kind Postgres", "error: option --kind: \"Postgres\" is not known; did you mean PostgreSQL?\n")]
    [InlineData("--output jsn", "error: option --output: \"jsn\" is not known; did you mean json?\n")]
    [InlineData("--namespace Shop", "error: option --namespace: \"Shop\" is not allowed; allowed: lower-case letters, digits and \"-\", at most 63, with a letter or digit at both ends\n")]
    public async Task A_wrong_word_is_told_with_the_way_out_and_nothing_is_looked_at(string arguments, string expected) =>
        Assert.Equal((2, "", expected), await _world.RunAsync(["status", .. arguments.Split(' ')]));

    [Fact]
    public async Task A_namespace_that_is_not_served_is_told()
    {
        _world.Folder.With("CLEVER_OPERATOR_CLUSTERS_PARIS_NAMESPACES", "shop,blog");

        Assert.Equal((2, "", "error: option --namespace: \"shp\" is not known; did you mean shop?\n"), await _world.RunAsync("status", "--namespace", "shp"));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_and_a_kubeconfig_that_is_none_are_lines_and_exit_code_1()
    {
        _world.Folder.With("CLEVER_OPERATOR_CLUSTERS_LYON_KUBECONFIG", "just text");

        var (code, output, error) = await _world.RunAsync("status");

        Assert.Equal((1, ""), (code, error));
        Assert.Matches("\nparis +- +- +- +NotSeen +NoConnection ", output);
        Assert.Matches("\nlyon +- +- +- +NotSeen +InvalidKubeconfig .*variable CLEVER_OPERATOR_CLUSTERS_LYON_KUBECONFIG: it is not a kubeconfig", "\n" + output);
        Assert.EndsWith("2 clusters, 2 not seen; 0 resources: 0 Ready\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watching_in_a_pipe_prints_again_only_when_something_changed_until_it_is_stopped()
    {
        using var output = new StringWriter();
        using var stop = new CancellationTokenSource();
        var looks = 0;
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var watching = new CleverRemoteOperator.Commands.Screens.Redrawing(output, CleverRemoteOperator.Commands.Screens.Terminal.Pipe, time, TimeSpan.FromSeconds(5)).RunAsync(
            () => Task.FromResult(++looks is 1 or 2 ? ($"look {looks}\n", "same") : ($"look {looks}\n", "other")), stop.Token);
        time.Advance(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        Assert.Equal("look 1\n\nlook 3\n", output.ToString());
    }
}
