using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Http;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Tests.Kubernetes;
using CleverRemoteOperator.Tests.Watching;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Tests.CleverCloud;

/// <summary>A name that somebody else answers for may lead to the Internet when it is looked at and inside when it is used.</summary>
public sealed class RebindingTests : IAsyncLifetime
{
    private const string Public = "93.184.215.14";

    private readonly TestCertificates _certificates = new();
    private readonly List<string> _connected = [];
    private ScriptedApiServer _server = null!;
    private HttpMessageInvoker _http = null!;
    private CleverApi _api = null!;
    private string[] _answer = [Public];

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedApiServer.StartAsync(_certificates.Issue("api.tenant.example"));
        var handler = CleverHandlers.Guarded((_, _) => Task.FromResult(_answer.Select(IPAddress.Parse).ToArray()), ConnectAsync);
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { _certificates.Authority },
        };
        _http = new HttpMessageInvoker(handler);
        var credentials = new CleverCredentials(new Uri("https://api.tenant.example"), "token-of-the-test", null, null, null, null);
        var options = new CleverApiOptions { RetryDelay = TimeSpan.FromTicks(1) };
        _api = new CleverApi(
            new CleverConnection(
                credentials, _http, new CleverResilience("", options, TimeProvider.System, () => 0, NullLogger<CleverApi>.Instance), TimeProvider.System, (_, _, _, _) => { }, NullLogger<CleverApi>.Instance), options, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        _certificates.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.7")]
    [InlineData("169.254.169.254")]
    [InlineData("192.168.1.1", "172.16.0.1")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData]
    public async Task A_name_that_leads_inside_the_second_time_is_not_connected_to(params string[] then)
    {
        // The next request connects anew, and so asks for the name anew.
        _server.Then(context =>
        {
            context.Connection.RequestClose();
            return context.Response.WriteAsync("[]");
        }).ThenJson(200, "[]").ThenJson(200, "[]");
        Assert.Empty(await _api.ListAddonsAsync("orga_1", TestContext.Current.CancellationToken));
        Assert.Equal([Public], _connected);

        _answer = then;
        var read = await Assert.ThrowsAsync<CleverApiException>(() => _api.ListAddonsAsync("orga_1", TestContext.Current.CancellationToken));
        var written = await Assert.ThrowsAsync<CleverApiException>(() => _api.CreateAddonAsync("orga_1", ApiUnderTest.Request, () => true, TestContext.Current.CancellationToken));

        Assert.Contains("not a public address", read.Message, StringComparison.Ordinal);
        Assert.Equal((false, false), (read.CanRetry, written.IsOutcomeUnknown));
        Assert.Equal([Public], _connected);
    }

    [Fact]
    public async Task Of_a_name_that_leads_to_both_only_the_public_address_is_connected_to()
    {
        _server.ThenJson(200, "[]");
        _answer = ["127.0.0.1", "10.0.0.1", Public, "::1"];

        Assert.Empty(await _api.ListAddonsAsync("orga_1", TestContext.Current.CancellationToken));

        Assert.Equal([Public], _connected);
    }

    // The test's server stands for whatever is at the address.
    private async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken token)
    {
        Assert.Equal(443, port);
        _connected.AddRange(addresses.Select(address => address.ToString()));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _server.Address.Port, token);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
