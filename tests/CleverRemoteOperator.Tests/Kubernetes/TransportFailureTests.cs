using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Tests.Watching;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Kubernetes;

/// <summary>However a request fails on its way, it is one of our failures, of a kind that says how.</summary>
public sealed class TransportFailureTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("https")]
    [InlineData("http")]
    public async Task A_server_that_takes_no_connection_for_10_s(string scheme)
    {
        // A queue of connections that is full is like a packet filter that says nothing.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        var others = Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        others.ForEach(other => _ = other.ConnectAsync(full.LocalEndPoint!));
        var failing = FailAsync(new Uri($"{scheme}://{full.LocalEndPoint}"));
        await AdvanceUntilAsync(failing);
        Is(FailureReason.ConnectTimeout, "GET /version: no connection within 10 s", await failing);
        others.ForEach(other => other.Dispose());
    }

    [Fact]
    public async Task A_server_that_does_not_begin_TLS_for_10_s()
    {
        await using var server = RawServer.Silent();
        var failing = FailAsync(new Uri($"https://127.0.0.1:{server.Port}"));
        await AdvanceUntilAsync(failing);
        Is(FailureReason.ConnectTimeout, "GET /version: no connection within 10 s", await failing);
    }

    [Fact]
    public async Task A_proxy_that_says_nothing_for_10_s()
    {
        await using var proxy = RawServer.Silent();
        var failing = FailAsync(new Uri("https://api.example"), Through(proxy));
        await AdvanceUntilAsync(failing);
        Is(FailureReason.ConnectTimeout, "GET /version: no connection within 10 s", await failing);
    }

    [Fact]
    public void What_the_runtime_throws_when_it_gives_up_a_connection() => Is(
        FailureReason.ConnectTimeout, "GET /version: no connection within 10 s", ApiError.FromFailure("GET /version", new TaskCanceledException("", new TimeoutException())));

    [Fact]
    public async Task A_server_that_sends_no_headers_for_30_s()
    {
        await using var server = RawServer.Silent();
        var failing = FailAsync(new Uri($"http://127.0.0.1:{server.Port}"));
        await AdvanceUntilAsync(failing);
        Is(FailureReason.Timeout, "GET /version: no answer within 30 s", await failing);
    }

    [Theory]
    [InlineData("https://no-such-host.invalid", FailureReason.UnknownHost, "the name no-such-host.invalid does not resolve")]
    [InlineData("http://no-such-host.invalid", FailureReason.UnknownHost, "the name no-such-host.invalid does not resolve")]
    [InlineData("https://127.0.0.1:1", FailureReason.NoConnection, "no connection to 127.0.0.1:1: Connection refused")]
    [InlineData("http://127.0.0.1:1", FailureReason.NoConnection, "no connection to 127.0.0.1:1: Connection refused")]
    public async Task Nobody_there(string server, string reason, string words) => Is(reason, "GET /version: " + words, await FailAsync(new Uri(server)));

    [Fact]
    public async Task A_connection_that_is_reset_during_TLS()
    {
        await using var server = RawServer.Answering("", isReset: true);
        Is(FailureReason.Tls, "GET /version: the server's certificate or TLS is not accepted: Connection reset by peer", await FailAsync(new Uri($"https://127.0.0.1:{server.Port}")));
    }

    [Fact]
    public async Task A_server_that_speaks_no_TLS()
    {
        await using var server = RawServer.Answering("HTTP/1.1 400 Bad Request\r\n\r\n");
        Is(FailureReason.Tls, "GET /version: the server's certificate or TLS is not accepted: the server does not use TLS on this port", await FailAsync(new Uri($"https://127.0.0.1:{server.Port}")));
    }

    [Fact]
    public async Task A_server_that_hangs_up_during_TLS()
    {
        await using var server = RawServer.Answering("");
        Is(FailureReason.Tls, "GET /version: the server's certificate or TLS is not accepted: the server closed the connection during the TLS handshake", await FailAsync(new Uri($"https://127.0.0.1:{server.Port}")));
    }

    [Fact]
    public async Task A_certificate_that_is_not_accepted()
    {
        using var certificate = _certificates.Issue("127.0.0.1");
        await using var server = await ScriptedApiServer.StartAsync(certificate);
        Assert.Equal(FailureReason.Tls, (await FailAsync(server.Address)).Reason);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", true)]
    [InlineData("", false)]
    [InlineData("nonsense\r\n\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip", false)]
    public async Task An_answer_that_breaks_off_or_is_damaged(string answer, bool isReset)
    {
        await using var server = RawServer.Answering(answer, isReset);
        var failure = await FailAsync(new Uri($"http://127.0.0.1:{server.Port}"));
        Assert.Equal(FailureReason.BrokenOff, failure.Reason);
        Assert.StartsWith("GET /version: the ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip", false)]
    public async Task A_stream_that_breaks_off_or_is_damaged(string answer, bool isReset)
    {
        await using var server = RawServer.Answering(answer, isReset);
        using var cluster = Connect(new Uri($"http://127.0.0.1:{server.Port}"));
        using var response = await cluster.OpenAsync("watch", default);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => stream.ReadExactlyAsync(new byte[100]).AsTask());
        Assert.Equal(FailureReason.BrokenOff, failure.Reason);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_told()
    {
        await using var server = RawServer.Answering("HTTP/1.1 302 Found\r\nLocation: https://u:secret@elsewhere.example/login?token=x\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal("GET /version: 302 Found, a redirect to https://elsewhere.example", (await FailAsync(new Uri($"http://127.0.0.1:{server.Port}"))).Message);
    }

    [Fact]
    public async Task A_cluster_that_was_taken_away()
    {
        var cluster = Connect(new Uri("https://127.0.0.1:1"));
        cluster.Dispose();
        Is(FailureReason.BrokenOff, "GET /version: the connection was closed by the operator", await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetVersionAsync(default)));
    }

    [Theory]
    [InlineData("HTTP/1.1 403 Forbidden\r\n\r\n", "the proxy cannot connect to api.example:443: 403 Forbidden")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n", "the proxy cannot connect to api.example:443: not an HTTP proxy")]
    [InlineData("", "the proxy closed the connection without an answer")]
    public async Task A_proxy_that_does_not_lead_there(string answer, string words)
    {
        await using var proxy = RawServer.Answering(answer);
        Is(FailureReason.Proxy, "GET /version: " + words, await FailAsync(new Uri("https://api.example"), Through(proxy)));
    }

    [Theory]
    [InlineData("\x05\xff", "the proxy: it requires a user and password, or another authentication method")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "the proxy: not a SOCKS 5 proxy")]
    [InlineData("", "the proxy: it closed the connection")]
    public async Task A_SOCKS_proxy_that_does_not_lead_there(string answer, string words)
    {
        await using var proxy = RawServer.Answering(answer);
        Is(FailureReason.Proxy, "GET /version: " + words, await FailAsync(new Uri("https://api.example"), new WebProxy($"socks5://127.0.0.1:{proxy.Port}")));
    }

    [Fact]
    public async Task Who_waits_no_longer_gets_no_failure_of_ours()
    {
        await using var server = RawServer.Silent();
        using var cluster = Connect(new Uri($"https://127.0.0.1:{server.Port}"));
        using var patience = new CancellationTokenSource();
        var asking = cluster.GetVersionAsync(patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private static void Is(string reason, string message, KubernetesApiException failure)
    {
        Assert.Equal(message, failure.Message);
        Assert.Equal((reason, null), (failure.Reason, failure.Status));
    }

    private static WebProxy Through(RawServer proxy) => new($"http://127.0.0.1:{proxy.Port}");

    private Cluster Connect(Uri server, IWebProxy? proxy = null) => new(
        new ClusterId("c"), new ClusterConnection { Server = server, CertificateAuthorities = [new X509Certificate2(new TestCertificates().Authority)], Token = "token-of-the-test", Proxy = proxy }, _time);

    private async Task<KubernetesApiException> FailAsync(Uri server, IWebProxy? proxy = null)
    {
        using var cluster = Connect(server, proxy);
        return await Assert.ThrowsAsync<KubernetesApiException>(() => cluster.GetVersionAsync(default));
    }

    private async Task AdvanceUntilAsync(Task done)
    {
        for (var second = 0; second < 60 && !done.IsCompleted; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(done, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
        }

        await done.WaitAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(done.IsCompleted);
    }
}
