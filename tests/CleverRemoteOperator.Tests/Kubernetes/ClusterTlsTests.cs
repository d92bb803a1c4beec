using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Tests.Watching;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class ClusterTlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    [Fact]
    public async Task A_certificate_of_the_authority_for_the_right_name_is_accepted() =>
        Assert.Equal("v1.36.4", await AskAsync("127.0.0.1"));

    [Fact]
    public async Task A_certificate_for_another_name_is_refused() =>
        Assert.Contains("it is for totally.other.example, not for 127.0.0.1", await FailAsync("totally.other.example"), StringComparison.Ordinal);

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var others = new TestCertificates();
        Assert.Contains("the server's certificate or TLS is not accepted", await FailAsync("127.0.0.1", others), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_an_authority_the_machine_does_not_know_is_refused() =>
        Assert.Contains("the server's certificate or TLS is not accepted", (await Assert.ThrowsAsync<KubernetesApiException>(
            () => AskAsync("127.0.0.1", change: connection => connection with { CertificateAuthorities = [] }))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_expired_certificate_is_refused() =>
        Assert.Contains("NotTimeValid", await FailAsync("127.0.0.1", until: new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)), StringComparison.Ordinal);

    [Fact]
    public async Task The_name_to_expect_can_be_given() =>
        Assert.Equal("v1.36.4", await AskAsync("api.example", change: connection => connection with { TlsServerName = "api.example" }));

    [Fact]
    public async Task The_name_to_expect_is_verified() =>
        await Assert.ThrowsAsync<KubernetesApiException>(() => AskAsync("127.0.0.1", change: connection => connection with { TlsServerName = "api.example" }));

    [Fact]
    public async Task Verification_can_be_switched_off() =>
        Assert.Equal("v1.36.4", await AskAsync("other.example", change: connection => connection with { SkipTlsVerify = true, CertificateAuthorities = [] }));

    [Fact]
    public async Task A_client_certificate_is_shown_to_a_server_that_asks_for_one()
    {
        using var serving = _certificates.Issue("127.0.0.1");
        using var own = _certificates.Issue("operator");
        await using var server = await ScriptedApiServer.StartAsync(serving);
        server.Then(context => context.Response.WriteAsJsonAsync(new { gitVersion = context.Connection.ClientCertificate?.Subject ?? "none" }));
        using var key = own.GetECDsaPrivateKey()!;
        using var cluster = new Cluster(
            new ClusterId("tls"),
            new ClusterConnection
            {
                Server = server.Address,
                CertificateAuthorities = [_certificates.Authority],
                ClientCertificate = ClientCertificate.Read(own.ExportCertificatePem(), key.ExportECPrivateKeyPem(), out _),
            },
            TimeProvider.System);

        Assert.Equal("CN=operator", await cluster.GetVersionAsync(CancellationToken.None));
    }

    public void Dispose() => _certificates.Dispose();

    private async Task<string> FailAsync(string name, TestCertificates? issuer = null, DateTimeOffset? until = null)
    {
        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => AskAsync(name, issuer, until));
        Assert.Null(failure.Status);
        return failure.Message;
    }

    private async Task<string> AskAsync(
        string name, TestCertificates? issuer = null, DateTimeOffset? until = null, Func<ClusterConnection, ClusterConnection>? change = null)
    {
        using var certificate = (issuer ?? _certificates).Issue(name, until);
        await using var server = await ScriptedApiServer.StartAsync(certificate);
        server.ThenJson(200, """{"gitVersion":"v1.36.4"}""");
        var connection = new ClusterConnection { Server = server.Address, CertificateAuthorities = [_certificates.Authority], Token = "t" };
        using var cluster = new Cluster(new ClusterId("tls"), change?.Invoke(connection) ?? connection, TimeProvider.System);
        return await cluster.GetVersionAsync(CancellationToken.None);
    }
}
