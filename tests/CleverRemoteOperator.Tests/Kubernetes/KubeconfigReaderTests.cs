using System.Security.Cryptography.X509Certificates;
using System.Text;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes;
using CsCheck;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class KubeconfigReaderTests : IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubeconfig");

    private string Authority => Base64(_certificates.Authority.ExportCertificatePem());

    [Fact]
    public void Reads_what_the_current_context_names()
    {
        var connection = Good(Write(user: "token: s3cret"));
        Assert.Equal(new Uri("https://127.0.0.1:6443"), connection.Server);
        Assert.Equal("s3cret", connection.Token);
        Assert.Single(connection.CertificateAuthorities);
        Assert.DoesNotContain("s3cret", connection.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "---\n")]
    [InlineData("---\n", "\n---\n# the end\n")]
    [InlineData("# made by hand\n---\n", "\n...\n")]
    public void Lines_that_divide_documents_are_none(string before, string after) => Good(before + Write(user: "token: t") + "\n" + after);

    [Fact]
    public void Whom_to_act_for_is_sent_as_it_is_asked_for()
    {
        var connection = Good(Write(user: "token: t\n    as: jane\n    as-uid: '7'\n    as-groups: [a, b]\n    as-user-extra: {Scopes: [view, edit], 'ä b': [c]}"));
        Assert.Equal(
            ["Impersonate-User=jane", "Impersonate-Group=a", "Impersonate-Group=b", "Impersonate-Uid=7",
                "Impersonate-Extra-scopes=view", "Impersonate-Extra-scopes=edit", "Impersonate-Extra-%C3%A4%20b=c"],
            connection.Impersonation.Select(header => $"{header.Key}={header.Value}"));
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("On", true)]
    [InlineData("TRUE", true)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    public void Any_word_of_YAML_for_true_and_false_is_taken(string word, bool isSet) => Assert.Equal(
        isSet, Good(Write(user: "token: t", cluster: $"server: https://h\n    disable-compression: {word}")).DisableCompression);

    [Fact]
    public void A_proxy_of_its_own_is_taken() => Assert.Equal(
        new Uri("socks5://u:p@h:1080"), Good(Write(user: "token: t", cluster: "server: https://h\n    proxy-url: socks5://u:p@h:1080")).Proxy!.GetProxy(new Uri("https://h")));

    [Fact]
    public void An_authority_that_would_be_left_unused_is_told() => Assert.Contains(
        "clusters[0].cluster.insecure-skip-tls-verify: stands beside a certificate-authority, which it would leave unused; give one of them",
        Bad(Write("token: t", cluster: $"server: https://h\n    insecure-skip-tls-verify: true\n    certificate-authority-data: {Authority}"), new() { Name = "c", Source = "test", AllowInsecure = true }));

    [Fact]
    public void Authorities_are_found_between_whatever_else_stands_there()
    {
        using var other = new TestCertificates();
        var text = "Bag Attributes\r\n" + _certificates.Authority.ExportCertificatePem().ReplaceLineEndings("\r\n")
            + "\n-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n-----BEGIN X509 CRL-----\naGVsbG8=\n-----END X509 CRL-----\n" + other.Authority.ExportCertificatePem();
        Assert.Equal(2, Good(Write("token: t", cluster: $"server: https://h\n    certificate-authority-data: {Base64(text)}")).CertificateAuthorities.Count);
    }

    [Theory]
    [InlineData("openssl genpkey -algorithm ed25519", "has an Ed25519 or Ed448 key, which .NET cannot use: have one issued for an ECDSA (P-256) or RSA key")]
    [InlineData("openssl genpkey -algorithm rsa -aes256 -pass pass:x", "has an encrypted key, which nobody is there to open: decrypt it (openssl pkey -in KEY)")]
    [InlineData("openssl ecparam -name prime256v1", "comes without a key: client-key holds no PRIVATE KEY (PEM)")]
    public async Task A_key_that_cannot_be_used_is_told_as_what_it_is(string openssl, string mistake)
    {
        var key = Path.Combine(_folder.FullName, "key");
        var certificate = Path.Combine(_folder.FullName, "crt");
        await ShellAsync($"{openssl} > {key} && (openssl req -x509 -new -key {key} -passin pass:x -subj /CN=a -days 1 || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -subj /CN=a -days 1) > {certificate}");
        Assert.Equal(
            [$"users[0].user.client-certificate: {mistake}"],
            Bad(Write($"client-certificate-data: {Base64(await File.ReadAllTextAsync(certificate))}\n    client-key-data: {Base64(await File.ReadAllTextAsync(key))}")));
    }

    [Fact]
    public void A_field_with_an_empty_text_is_missing_as_kubectl_takes_it()
    {
        var connection = Good(Write(user: "token: t\n    username: ''", cluster: "server: https://h\n    proxy-url: ''\n    certificate-authority-data: ''"));
        Assert.Empty(connection.CertificateAuthorities);
        Assert.Null(connection.Username);
        Assert.Contains("clusters[0].cluster.server: is missing", Bad(Write(user: "token: t", cluster: "server: ''")));
    }

    [Fact]
    public void Two_kubeconfigs_of_one_server_have_one_identity()
    {
        var first = Good(Write(user: "token: a"));
        Assert.Equal(first.Identity, Good(Write(user: "token: b", server: "https://127.0.0.1:6443/")).Identity);
        Assert.NotEqual(first.Identity, Good(Write(user: "token: a", server: "https://127.0.0.1:6444")).Identity);
    }

    [Theory]
    [InlineData("token: t\n    as-groups: [admins]", "users[0].user.as: is missing beside as-uid, as-groups or as-user-extra")]
    [InlineData("token: t\n    as: \"a\\nb\"", "users[0].user.as: and what goes with it must be plain ASCII text, as they are sent in headers")]
    [InlineData("auth-provider: {name: oidc}", "users[0].user.auth-provider: is not supported; use exec or a token")]
    [InlineData("tokenFile: /tmp/x", "users[0].user.tokenFile: refers to a file, which is refused unless allow-files is set for this cluster")]
    [InlineData("exec: {command: aws, apiVersion: client.authentication.k8s.io/v1}", "users[0].user.exec: runs a program, which is refused unless allow-exec is set for this cluster")]
    [InlineData("client-certificate: a.crt\n    client-key: a.key", "users[0].user.client-certificate: refers to a file, which is refused unless allow-files is set for this cluster")]
    [InlineData("tokn: t", "users[0].user.tokn: unknown key: did you mean token?")]
    [InlineData("token: [t]", "users[0].user.token: must be a string")]
    [InlineData("token: t\n    username: u", "users[0].user.token: give only one of token, tokenFile, exec and username")]
    [InlineData("client-certificate-data: '%%'\n    client-key-data: '%%'", "users[0].user.client-certificate-data: is not base64")]
    [InlineData("client-certificate-data: aGVsbG8\n    client-key-data: aGVsbG8=", "users[0].user.client-certificate-data: is base64 that is cut off, or lacks its padding (=); give it whole (base64 -w0 < FILE)")]
    [InlineData("client-certificate-data: '\"aGVsbG8=\"'\n    client-key-data: aGVsbG8=", "users[0].user.client-certificate-data: is base64 in quotes that are part of it; leave them out")]
    [InlineData("client-certificate-data: a-Vs_G8=\n    client-key-data: aGVsbG8=", "users[0].user.client-certificate-data: is base64 of the sort for URLs (- and _); give the usual one (base64 -w0 < FILE)")]
    [InlineData("client-certificate-data: '-----BEGIN CERTIFICATE-----'\n    client-key-data: aGVsbG8=", "users[0].user.client-certificate-data: is PEM itself; give base64 of it (base64 -w0 < FILE)")]
    [InlineData("client-certificate-data: aGVsbG8=\n    client-key-data: aGVsbG8=", "users[0].user.client-certificate: is not a certificate (PEM) with the unencrypted key that belongs to it")]
    [InlineData("{}", "users[0].user.token: no credentials: give token, client-certificate-data with client-key-data, or exec")]
    public void Refuses_a_user(string user, string mistake) => Assert.Contains(mistake, Bad(Write(user)));

    [Theory]
    [InlineData("server: http://10.0.0.1", "clusters[0].cluster.server: http:// is refused unless allow-insecure is set for this cluster")]
    [InlineData("server: ftp://10.0.0.1", "clusters[0].cluster.server: must be an address like https://host:6443, without user, query or fragment")]
    [InlineData("server: https://user:pass@10.0.0.1", "clusters[0].cluster.server: must be an address like https://host:6443, without user, query or fragment")]
    [InlineData("server: https://h\n    proxy-url: ftp://p", "clusters[0].cluster.proxy-url: must be an address like http://host:3128; allowed: http, https, socks5")]
    [InlineData("server: 10.0.0.1:6443", "clusters[0].cluster.server: must be an address like https://host:6443, without user, query or fragment")]
    [InlineData("server: https://h\n    insecure-skip-tls-verify: true", "clusters[0].cluster.insecure-skip-tls-verify: is refused unless allow-insecure is set for this cluster")]
    [InlineData("server: https://h\n    insecure-skip-tls-verify: maybe", "clusters[0].cluster.insecure-skip-tls-verify: must be true or false")]
    [InlineData("server: https://h\n    certificate-authority: ca.crt", "clusters[0].cluster.certificate-authority: refers to a file, which is refused unless allow-files is set for this cluster")]
    [InlineData("server: https://h\n    certificate-authority-data: aGVsbG8=", "clusters[0].cluster.certificate-authority: holds no certificate (PEM)")]
    [InlineData("certificate-authority-data: aGVsbG8=", "clusters[0].cluster.server: is missing")]
    public void Refuses_a_cluster(string cluster, string mistake) => Assert.Contains(mistake, Bad(Write("token: t", cluster: cluster)));

    [Theory]
    [InlineData("clusters: [", "line 2, column 1: not YAML, or a key that is there twice")]
    [InlineData("a: 1\na: 2", "line 2, column 1: not YAML, or a key that is there twice")]
    [InlineData("/etc/kube/config", "it is not a kubeconfig: clusters, users and contexts are expected; the path of a file goes into kubeconfig, in a variable …_KUBECONFIG_PATH")]
    [InlineData("", "it is empty")]
    [InlineData("# nothing yet\n", "it is empty")]
    [InlineData("a: 1\n---\nb: 2", "it must hold exactly one YAML document")]
    [InlineData("kind: Pod", "kind: is not that of a kubeconfig, which is kind Config of apiVersion v1")]
    [InlineData("apiVersion: v2", "kind: is not that of a kubeconfig, which is kind Config of apiVersion v1")]
    [InlineData("YXBpVmVyc2lvbjogdjEKa2luZDogQ29uZmlnCmNsdXN0ZXJzOiBbXQp1c2VyczogW10KY29udGV4dHM6IFtdCmE", "it is base64 that is cut off, or lacks its padding (=): give it whole (base64 -w0 < FILE)")]
    [InlineData("'\"YXBpVmVyc2lvbjogdjEKa2luZDogQ29uZmlnCmNsdXN0ZXJzOiBbXQp1c2VyczogW10KY29udGV4dHM6IFtdCg==\"'", "it is base64 in quotes: leave them out")]
    [InlineData("\"YXBpVmVyc2lvbjogdjEKa2luZDogQ29uZmlnCmNsdXN0ZXJzOiBbXQp1c2VyczogW10KY29udGV4dHM6IFtdCg==\"", "it is base64 in quotes: leave them out")]
    [InlineData("YXBpVmVyc2lvbjogdjEKa2luZDogQ29uZmlnCmNsdXN0ZXJzOiBbXQp1c2Vyczog-10KY29udGV4dHM6IFtdCg==", "it is base64 of the sort for URLs (- and _): give the usual one (base64 -w0 < FILE)")]
    [InlineData("a: &a [x]\nb: *a", "line 2: YAML aliases are not allowed in a kubeconfig")]
    [InlineData("contexts: []", "current-context: is missing, and no context was asked for")]
    public void Refuses_what_is_no_kubeconfig(string text, string mistake) => Assert.Contains(mistake, Bad(text));

    [Fact]
    public void Bounds_depth_and_size()
    {
        Assert.Equal(["line 1: nested deeper than 32 levels"], Bad("a: " + new string('[', 10_000)));
        Assert.Equal(["line 1: more than 100000 values"], Bad("a: [" + string.Concat(Enumerable.Repeat("1,", 200_000)) + "]"));
        Assert.Equal(["it is larger than 1 MiB"], Bad("a: " + new string('x', 1024 * 1024)));
    }

    [Fact]
    public void Names_are_exact_and_refused_when_there_twice()
    {
        Assert.Contains("contexts: Main is not there; there is: main", Bad(Write("token: t"), new() { Name = "c", Source = "test", Context = "Main" }));
        var twice = Write("token: t").Replace("users:\n", "users:\n- {name: admin, user: {token: other}}\n", StringComparison.Ordinal);
        Assert.Contains("users: the name admin is there 2 times", Bad(twice));
    }

    [Fact]
    public void Tells_every_mistake_at_once() =>
        Assert.Equal(2, Bad(Write("tokn: t\n    token: t", cluster: "serve: https://h\n    server: https://h")).Count);

    [Fact]
    public void Accepts_a_client_certificate_and_tells_an_expired_one()
    {
        using var valid = _certificates.Issue("operator");
        using var expired = _certificates.Issue("operator", new DateTimeOffset(2021, 2, 3, 0, 0, 0, TimeSpan.Zero));
        Assert.NotNull(Good(Write(Client(valid))).ClientCertificate);
        Assert.Equal(["users[0].user.client-certificate: expired on 2021-02-03"], Bad(Write(Client(expired))));

        static string Client(X509Certificate2 certificate) =>
            $"client-certificate-data: {Base64(certificate.ExportCertificatePem())}\n    client-key-data: {Base64(certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem())}";
    }

    [Fact]
    public async Task Reads_files_beside_the_kubeconfig_where_that_is_allowed()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "ca.crt"), _certificates.Authority.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "token"), "from-file\n");
        var path = Path.Combine(_folder.FullName, "config");
        await File.WriteAllTextAsync(path, Write("tokenFile: token", cluster: "server: https://h\n    certificate-authority: ca.crt"));
        var options = new ClusterOptions { Name = "c", Source = "test", KubeconfigPath = path, AllowFiles = true };
        var result = new KubeconfigReader(options, TimeProvider.System).Read(await File.ReadAllTextAsync(path));
        Assert.Empty(result.Mistakes);
        Assert.Single(result.Connection!.CertificateAuthorities);
        Assert.Equal("from-file", (await result.Connection.Credentials!.GetAsync(default)).Token);
    }

    [Fact]
    public void The_account_of_a_pod_is_read_from_its_folder()
    {
        Assert.NotEmpty(InClusterAccount.Read(_folder.FullName, new Uri("https://h"), TimeProvider.System).Mistakes);
        File.WriteAllText(Path.Combine(_folder.FullName, "ca.crt"), _certificates.Authority.ExportCertificatePem());
        var result = InClusterAccount.Read(_folder.FullName, new Uri("https://h"), TimeProvider.System);
        Assert.NotNull(result.Connection?.Credentials);
    }

    [Fact]
    public void No_text_makes_the_reader_fail_or_shows_a_secret()
    {
        var whole = Write("token: s3cret");
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Char, Gen.Int[0, whole.Length]).Sample((at, character, length) =>
        {
            var damaged = string.Concat(whole.AsSpan(0, at), [character], whole.AsSpan(at + 1))[..length];
            var result = new KubeconfigReader(new() { Name = "c", Source = "test" }, TimeProvider.System).Read(damaged);
            return result.Connection is null == result.Mistakes.Count > 0 && !result.Mistakes.Any(mistake => mistake.Contains("s3cret", StringComparison.Ordinal));
        });
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _certificates.Dispose();
    }

    private static async Task ShellAsync(string line)
    {
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", $"({line}) 2> /dev/null"]))!;
        await shell.WaitForExitAsync();
        Assert.SkipWhen(shell.ExitCode == 127, "openssl is not on the PATH.");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static ClusterConnection Good(string text)
    {
        var result = new KubeconfigReader(new() { Name = "c", Source = "test" }, TimeProvider.System).Read(text);
        Assert.Empty(result.Mistakes);
        return result.Connection!;
    }

    private static IReadOnlyList<string> Bad(string text, ClusterOptions? options = null)
    {
        var result = new KubeconfigReader(options ?? new() { Name = "c", Source = "test" }, TimeProvider.System).Read(text);
        Assert.Null(result.Connection);
        return result.Mistakes;
    }

    private string Write(string user, string server = "https://127.0.0.1:6443", string? cluster = null) => $"""
        apiVersion: v1
        kind: Config
        current-context: main
        contexts:
        - name: main
          context: {"{cluster: here, user: admin, namespace: default}"}
        clusters:
        - name: here
          cluster:
            {cluster ?? $"server: {server}\n    certificate-authority-data: {Authority}"}
        users:
        - name: admin
          user:
            {user}
        """;
}
