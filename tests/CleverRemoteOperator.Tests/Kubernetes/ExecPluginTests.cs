using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Tests.Watching;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class ExecPluginTests
{
    private const string Answer = """{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"%s","expirationTimestamp":"2026-01-02T03:04:05Z"}}""";

    [Fact]
    public async Task Arguments_and_environment_come_as_they_are_written_and_nothing_else_is_seen()
    {
        Environment.SetEnvironmentVariable("CLEVER_OPERATOR_API_TEST_SECRET", "leaked");
        var plugin = Shell($"printf '{Answer}' \"$1-$GIVEN-$CLEVER_OPERATOR_API_TEST_SECRET-$#\" | tr ' ' '_'", "two words", "x") with
        {
            Environment = [new("GIVEN", "value")],
        };
        var token = await plugin.RunAsync(TimeProvider.System, default);
        Assert.Equal("two_words-value--2", token.Token);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), token.Expires);
        Assert.DoesNotContain("two", token.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_is_told_what_is_asked_of_it()
    {
        var plugin = Shell($"case \"$KUBERNETES_EXEC_INFO\" in *'\"kind\":\"ExecCredential\"'*https://h/*) printf '{Answer}' told;; esac") with
        {
            Server = new Uri("https://h"),
        };
        Assert.Equal("told", (await plugin.RunAsync(TimeProvider.System, default)).Token);
    }

    [Theory]
    [InlineData("echo s3cret; echo s3cret >&2; exit 7", "exec plugin /bin/sh ended with exit code 7; run it by hand to see why")]
    [InlineData("echo s3cret", "exec plugin /bin/sh did not write an ExecCredential of client.authentication.k8s.io/v1; run it by hand to see why")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{}}'""", "exec plugin /bin/sh gave no token; client certificates from a program are not supported; run it by hand to see why")]
    [InlineData("head -c 70000 /dev/zero", "exec plugin /bin/sh wrote more than 64 KiB; run it by hand to see why")]
    public async Task A_program_that_fails_is_told_without_what_it_wrote(string script, string message)
    {
        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => Shell(script).RunAsync(TimeProvider.System, default));
        Assert.Equal(message, failure.Message);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told() => Assert.Equal(
        "exec plugin /none/such did not start: no such program; run it by hand to see why",
        (await Assert.ThrowsAsync<KubernetesApiException>(() => (Shell("") with { Command = "/none/such" }).RunAsync(TimeProvider.System, default))).Message);

    [Fact]
    public async Task A_program_that_hangs_is_killed_with_its_children()
    {
        var time = new FakeTimeProvider();
        var pids = Path.GetTempFileName();
        var run = Shell($"sleep 600 & echo $! > {pids}.new; mv {pids}.new {pids}; wait").RunAsync(time, default);
        var child = "";
        await Eventually.TrueAsync(() => (child = File.ReadAllText(pids).Trim()).Length > 0);
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Contains("did not end within 20 s", (await Assert.ThrowsAsync<KubernetesApiException>(() => run)).Message, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => !IsAlive(child));
        File.Delete(pids);
    }

    [Fact]
    public void A_kubeconfig_may_name_a_program_where_that_is_allowed()
    {
        var options = new ClusterOptions { Name = "c", Source = "test", AllowExec = true };
        const string Text = """
            {current-context: m, contexts: [{name: m, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: "https://h"}}],
            users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, args: [a, "b c"], env: [{name: A, value: b}], interactiveMode: Never}}}]}
            """;
        var result = new KubeconfigReader(options, TimeProvider.System).Read(Text);
        Assert.Empty(result.Mistakes);
        Assert.NotNull(result.Connection?.TokenSource);
        Assert.Contains(
            "users[0].user.exec.interactiveMode: Always: nobody is there to answer",
            new KubeconfigReader(options, TimeProvider.System).Read(Text.Replace("Never", "Always", StringComparison.Ordinal)).Mistakes);
    }

    private static bool IsAlive(string process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static ExecPlugin Shell(string script, params string[] arguments) => new()
    {
        Command = "/bin/sh",
        ApiVersion = "client.authentication.k8s.io/v1",
        Arguments = ["-c", script, "plugin", .. arguments],
    };
}
