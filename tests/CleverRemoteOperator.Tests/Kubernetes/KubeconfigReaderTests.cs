using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Kubeconfig;
using CsCheck;
using static CleverRemoteOperator.Tests.Kubernetes.KubeconfigWorld;

namespace CleverRemoteOperator.Tests.Kubernetes;

/// <summary>What is taken from a kubeconfig.</summary>
public sealed class KubeconfigReaderTests : IDisposable
{
    private readonly KubeconfigWorld _world = new();

    [Fact]
    public void Reads_what_the_current_context_names()
    {
        var connection = Good(_world.Write(user: "token: s3cret"));
        Assert.Equal(new Uri("https://127.0.0.1:6443"), connection.Server);
        Assert.Equal("s3cret", connection.Token);
        Assert.Single(connection.CertificateAuthorities);
        Assert.DoesNotContain("s3cret", connection.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "---\n")]
    [InlineData("---\n", "\n---\n# the end\n")]
    [InlineData("# made by hand\n---\n", "\n...\n")]
    public void Lines_that_divide_documents_are_none(string before, string after) => Good(before + _world.Write(user: "token: t") + "\n" + after);

    [Fact]
    public void Whom_to_act_for_is_sent_as_it_is_asked_for()
    {
        var connection = Good(_world.Write(user: "token: t\n    as: jane\n    as-uid: '7'\n    as-groups: [a, b]\n    as-user-extra: {Scopes: [view, edit], 'ä b': [c]}"));
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
        isSet, Good(_world.Write(user: "token: t", cluster: $"server: https://h\n    disable-compression: {word}")).DisableCompression);

    [Fact]
    public void A_proxy_of_its_own_is_taken() => Assert.Equal(
        new Uri("socks5://u:p@h:1080"), Good(_world.Write(user: "token: t", cluster: "server: https://h\n    proxy-url: socks5://u:p@h:1080")).Proxy!.GetProxy(new Uri("https://h")));

    [Fact]
    public void Authorities_are_found_between_whatever_else_stands_there()
    {
        using var other = new TestCertificates();
        var text = "Bag Attributes\r\n" + _world.Certificates.Authority.ExportCertificatePem().ReplaceLineEndings("\r\n")
            + "\n-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n-----BEGIN X509 CRL-----\naGVsbG8=\n-----END X509 CRL-----\n" + other.Authority.ExportCertificatePem();
        Assert.Equal(2, Good(_world.Write("token: t", cluster: $"server: https://h\n    certificate-authority-data: {Base64(text)}")).CertificateAuthorities.Count);
    }

    [Fact]
    public void A_field_with_an_empty_text_is_missing_as_kubectl_takes_it()
    {
        var connection = Good(_world.Write(user: "token: t\n    username: ''", cluster: "server: https://h\n    proxy-url: ''\n    certificate-authority-data: ''"));
        Assert.Empty(connection.CertificateAuthorities);
        Assert.Null(connection.Username);
        Assert.Contains("clusters[0].cluster.server: is missing", Bad(_world.Write(user: "token: t", cluster: "server: ''")));
    }

    [Fact]
    public void Two_kubeconfigs_of_one_server_have_one_identity()
    {
        var first = Good(_world.Write(user: "token: a"));
        Assert.Equal(first.Identity, Good(_world.Write(user: "token: b", server: "https://127.0.0.1:6443/")).Identity);
        Assert.NotEqual(first.Identity, Good(_world.Write(user: "token: a", server: "https://127.0.0.1:6444")).Identity);
    }

    [Fact]
    public void Accepts_a_client_certificate_and_tells_an_expired_one()
    {
        using var valid = _world.Certificates.Issue("operator");
        using var expired = _world.Certificates.Issue("operator", new DateTimeOffset(2021, 2, 3, 0, 0, 0, TimeSpan.Zero));
        Assert.NotNull(Good(_world.Write(Client(valid))).ClientCertificate);
        Assert.Equal(["users[0].user.client-certificate: expired on 2021-02-03"], Bad(_world.Write(Client(expired))));

        static string Client(X509Certificate2 certificate) =>
            $"client-certificate-data: {Base64(certificate.ExportCertificatePem())}\n    client-key-data: {Base64(certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem())}";
    }

    [Fact]
    public async Task Reads_files_beside_the_kubeconfig_where_that_is_allowed()
    {
        await File.WriteAllTextAsync(Path.Combine(_world.Folder.FullName, "ca.crt"), _world.Certificates.Authority.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_world.Folder.FullName, "token"), "from-file\n");
        var path = Path.Combine(_world.Folder.FullName, "config");
        await File.WriteAllTextAsync(path, _world.Write("tokenFile: token", cluster: "server: https://h\n    certificate-authority: ca.crt"));
        var options = new ClusterOptions { Name = "c", Source = "test", KubeconfigPath = path, AllowFiles = true };
        var result = new KubeconfigReader(options, TimeProvider.System).Read(await File.ReadAllTextAsync(path));
        Assert.Empty(result.Mistakes);
        Assert.Single(result.Connection!.CertificateAuthorities);
        Assert.Equal("from-file", (await result.Connection.Credentials!.GetAsync(default)).Token);
    }

    [Fact]
    public void The_account_of_a_pod_is_read_from_its_folder()
    {
        Assert.NotEmpty(InClusterAccount.Read(_world.Folder.FullName, new Uri("https://h"), TimeProvider.System).Mistakes);
        File.WriteAllText(Path.Combine(_world.Folder.FullName, "ca.crt"), _world.Certificates.Authority.ExportCertificatePem());
        var result = InClusterAccount.Read(_world.Folder.FullName, new Uri("https://h"), TimeProvider.System);
        Assert.NotNull(result.Connection?.Credentials);
    }

    [Fact]
    public void No_text_makes_the_reader_fail_or_shows_a_secret()
    {
        var whole = _world.Write("token: s3cret");
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Char, Gen.Int[0, whole.Length]).Sample((at, character, length) =>
        {
            var damaged = string.Concat(whole.AsSpan(0, at), [character], whole.AsSpan(at + 1))[..length];
            var result = new KubeconfigReader(new() { Name = "c", Source = "test" }, TimeProvider.System).Read(damaged);
            return result.Connection is null == result.Mistakes.Count > 0 && !result.Mistakes.Any(mistake => mistake.Contains("s3cret", StringComparison.Ordinal));
        });
    }

    public void Dispose() => _world.Dispose();
}
