using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Kubeconfig;
using CleverRemoteOperator.Tests.Watching;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class ExecPluginTests : IDisposable
{
    private const string Answer = """{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"%s","expirationTimestamp":"2026-01-02T03:04:05Z"}}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("exec-");

    public void Dispose() => _folder.Delete(recursive: true);

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
    public async Task The_program_is_told_what_kubectl_tells_it()
    {
        var info = Path.Combine(_folder.FullName, "info");
        const string Pem = "-----BEGIN CERTIFICATE-----";
        var plugin = Shell($"printf %s \"$KUBERNETES_EXEC_INFO\" > {info}; printf '{Answer}' told") with
        {
            Cluster = new JsonObject { ["server"] = "https://h", ["config"] = new JsonObject { ["a"] = 1 } },
            Authority = new PemSource(Pem, null),
        };
        Assert.Equal("told", (await plugin.RunAsync(TimeProvider.System, default)).Token);
        var expected = $$$"""
            {"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"interactive":false,
            "cluster":{"server":"https://h","config":{"a":1},"certificate-authority-data":"{{{Convert.ToBase64String(Encoding.ASCII.GetBytes(Pem))}}}"} } }
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(await File.ReadAllTextAsync(info))));
    }

    [Theory]
    [InlineData("echo s3cret; exit 7", "exec plugin /bin/sh ended with exit code 7; run it manually to see why")]
    [InlineData("echo s3cret", "exec plugin /bin/sh did not write an ExecCredential of client.authentication.k8s.io/v1; run it manually to see why")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{}}'""", "exec plugin /bin/sh wrote neither a token nor a client certificate; run it manually to see why")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"clientCertificateData":"s3cret"}}'""", "exec plugin /bin/sh wrote a client certificate that is not a certificate (PEM) with the unencrypted key that belongs to it; run it manually to see why")]
    [InlineData("head -c 70000 /dev/zero", "exec plugin /bin/sh wrote more than 64 KiB; run it manually to see why")]
    [InlineData("echo s3cret; echo 'You must log in.' >&2; exit 1", "exec plugin /bin/sh ended with exit code 1; its errors end with: You must log in.")]
    public async Task A_program_that_fails_is_told_without_what_it_wrote(string script, string message)
    {
        var failure = await Assert.ThrowsAsync<KubernetesApiException>(
            () => (Shell(script) with { Inherited = new ExecEnvironment(["*"]) }).RunAsync(TimeProvider.System, default));
        Assert.Equal(message, failure.Message);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token=s3cret is bad", "token=*** is bad")]
    [InlineData("""{"password": "s3cret x", "a": 1}""", """{"password": "*** x", "a": 1}""")]
    [InlineData("Authorization: Bearer s3cret", "Authorization: Bearer ***")]
    [InlineData("bearer s3cret.", "bearer ***")]
    [InlineData("AWS_SECRET_ACCESS_KEY=s3cret", "AWS_SECRET_ACCESS_KEY=***")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzM2NyZXQifQ.c2lnbmF0dXJlMDEyMzQ1Njc4OUE", "***.***.***")]
    [InlineData("key 0123456789abcdef0123456789abcdef", "key ***")]
    [InlineData("given-by-kubeconfig", "***")]
    [InlineData("the token has expired: log in at https://login.example/device", "the token has expired: log in at https://login.example/device")]
    [InlineData("Unable to locate credentials. You can configure credentials by running \"aws configure\".", "Unable to locate credentials. You can configure credentials by running \"aws configure\".")]
    [InlineData("/usr/lib/python3/dist-packages/awscli/customizations: error", "/usr/lib/python3/dist-packages/awscli/customizations: error")]
    public async Task What_looks_like_a_secret_in_its_errors_is_hidden(string written, string shown)
    {
        var errors = new ExecErrors(["given-by-kubeconfig"]);
        await errors.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes("first line\n" + written)), default);
        Assert.Equal("first line " + shown, errors.End());
    }

    [Fact]
    public async Task Only_the_end_of_its_errors_is_kept_and_shown()
    {
        var errors = new ExecErrors([]);
        await errors.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100_000).Select(line => $"line {line}\n")))), default);
        Assert.StartsWith("…", errors.End(), StringComparison.Ordinal);
        Assert.EndsWith("line 99998 line 99999", errors.End(), StringComparison.Ordinal);
        Assert.Equal(513, errors.End().Length);
    }

    [Fact]
    public async Task Variables_are_passed_on_where_that_is_asked_for_and_those_withheld_are_named_when_it_fails()
    {
        Environment.SetEnvironmentVariable("PLUGINTEST_PROFILE", "v1");
        Environment.SetEnvironmentVariable("PLUGINTEST_REGION", "v2");
        var plugin = Shell($"printf '{Answer}' \"$PLUGINTEST_PROFILE-$PLUGINTEST_REGION\"");
        Assert.Equal("-", (await plugin.RunAsync(TimeProvider.System, default)).Token);
        Assert.Equal("v1-v2", (await (plugin with { Inherited = new ExecEnvironment(["PLUGINTEST_*"]) }).RunAsync(TimeProvider.System, default)).Token);
        Assert.Equal("v1-", (await (plugin with { Inherited = new ExecEnvironment(["PLUGINTEST_PROFILE"]) }).RunAsync(TimeProvider.System, default)).Token);

        var failing = Shell("echo set PLUGINTEST_REGION >&2; exit 1") with { Inherited = new ExecEnvironment(["PLUGINTEST_PROFILE"]) };
        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => failing.RunAsync(TimeProvider.System, default));
        Assert.Contains("; its errors end with: set PLUGINTEST_REGION; variables not passed on (exec-environment): PLUGINTEST_REGION", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PLUGINTEST_PROFILE", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("v2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_may_give_a_client_certificate_that_ends_before_it_says()
    {
        using var certificates = new TestCertificates();
        using var own = certificates.Issue("operator", new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var answer = new JsonObject
        {
            ["kind"] = "ExecCredential",
            ["apiVersion"] = "client.authentication.k8s.io/v1",
            ["status"] = new JsonObject
            {
                ["clientCertificateData"] = own.ExportCertificatePem(),
                ["clientKeyData"] = own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(),
                ["expirationTimestamp"] = "2095-01-02T03:04:05Z",
            },
        };
        var file = Path.Combine(_folder.FullName, "answer");
        await File.WriteAllTextAsync(file, answer.ToJsonString());
        var credential = await Shell($"cat {file}").RunAsync(TimeProvider.System, default);
        Assert.Null(credential.Token);
        Assert.Equal(own.Thumbprint, credential.Certificate!.Context.TargetCertificate.Thumbprint);
        Assert.Equal(new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero), credential.Expires);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told_with_how_to_get_it() => Assert.Equal(
        "exec plugin /none/such cannot start: executable not found; brew install such",
        (await Assert.ThrowsAsync<KubernetesApiException>(
            () => (Shell("") with { Command = "/none/such", InstallHint = "brew install such\n" }).RunAsync(TimeProvider.System, default))).Message);

    [Fact]
    public async Task A_program_that_hangs_is_killed_with_its_children()
    {
        var time = new FakeTimeProvider();
        var pids = Path.GetTempFileName();
        var run = Shell($"sleep 600 & echo $! > {pids}.new; mv {pids}.new {pids}; wait").RunAsync(time, default);
        var child = "";
        await Eventually.TrueAsync(() => (child = File.ReadAllText(pids).Trim()).Length > 0);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Contains("did not end within 60 s", (await Assert.ThrowsAsync<KubernetesApiException>(() => run)).Message, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => !IsAlive(child));
        File.Delete(pids);
    }

    [Fact]
    public async Task A_kubeconfig_may_name_a_program_where_that_is_allowed_and_it_is_told_of_the_cluster()
    {
        var info = Path.Combine(_folder.FullName, "info");
        var options = new ClusterOptions { Name = "c", Source = "test", AllowExec = true };
        var text = $$"""
            {current-context: m, contexts: [{name: m, context: {cluster: c, user: u} }],
            clusters: [{name: c, cluster: {server: "https://h/", tls-server-name: api.example, proxy-url: "http://p:3128", disable-compression: true,
              extensions: [{name: other, extension: {z: 1} }, {name: client.authentication.k8s.io/exec, extension: {a: 1, b: yes, c: 1.5, d: [x, ~], e: "1"} }]} }],
            users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/sh, interactiveMode: Never, provideClusterInfo: true,
              args: [-c, 'printf %s "$KUBERNETES_EXEC_INFO" > {{info}}'], env: [{name: A, value: b}]} } }]}
            """;
        var result = new KubeconfigReader(options, TimeProvider.System).Read(text);
        Assert.Empty(result.Mistakes);
        using var source = result.Connection!.Credentials!;
        await Assert.ThrowsAsync<KubernetesApiException>(() => source.GetAsync(default));
        // Just what kubectl 1.32 gives.
        const string Told = """
            {"server":"https://h/","tls-server-name":"api.example","proxy-url":"http://p:3128","disable-compression":true,"config":{"a":1,"b":true,"c":1.5,"d":["x",null],"e":"1"}}
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Told), JsonNode.Parse(await File.ReadAllTextAsync(info))!["spec"]!["cluster"]));
        Assert.Contains(
            "users[0].user.exec.interactiveMode: Always is not supported: the operator cannot answer prompts",
            new KubeconfigReader(options, TimeProvider.System).Read(text.Replace("Never", "Always", StringComparison.Ordinal)).Mistakes);
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
