using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CleverRemoteOperator.IntegrationTests.Connections;

/// <summary>Stands before an API server and ends TLS in the shape a test asks for, which may change while it runs; keeps what clients said.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    /// <summary>A path below which the server lies too, as behind Rancher.</summary>
    public const string Prefix = "/k8s/clusters/c-1";

    private readonly TestCluster _cluster;
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private TlsFront(TestCluster cluster, IPAddress listen)
    {
        _cluster = cluster;
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPem(cluster.AuthorityPem);
        _client = new HttpClient(new SocketsHttpHandler { SslOptions = new() { CertificateChainPolicy = trust }, AllowAutoRedirect = false, UseProxy = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(listen, 0, endpoint =>
            endpoint.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = context => ValueTask.FromResult(Options(context.ClientHelloInfo.ServerName)) })));
        _app = builder.Build();
        _app.Run(PassOnAsync);
    }

    /// <summary>The certificate shown, and what is sent along with it.</summary>
    public SslStreamCertificateContext Certificate { get; set; } = null!;

    /// <summary>Who signs the certificates clients must show; null when none is asked for.</summary>
    public X509Certificate2? ClientAuthority { get; set; }

    public Uri Address { get; private set; } = null!;

    /// <summary>Names of SNI, each connection's.</summary>
    public ConcurrentQueue<string> ServerNames { get; } = new();

    /// <summary>Host headers and subjects of client certificates, each request's.</summary>
    public ConcurrentQueue<(string Host, string? Client)> Requests { get; } = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="others">Sent along with the certificate.</param>
    public static async Task<TlsFront> StartAsync(
        TestCluster cluster, X509Certificate2 certificate, X509Certificate2[]? others = null, X509Certificate2? clientAuthority = null, IPAddress? listen = null)
    {
        var front = new TlsFront(cluster, listen ?? IPAddress.Loopback) { ClientAuthority = clientAuthority };
        front.Show(certificate, others ?? []);
        await front._app.StartAsync();
        front.Address = new Uri(front._app.Urls.Single());
        return front;
    }

    /// <summary>From now on this is shown to new connections.</summary>
    public void Show(X509Certificate2 certificate, params X509Certificate2[] others) =>
        Certificate = SslStreamCertificateContext.Create(certificate, [.. others], offline: true);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private SslServerAuthenticationOptions Options(string? serverName)
    {
        ServerNames.Enqueue(serverName ?? "");
        return new()
        {
            ServerCertificateContext = Certificate,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            ClientCertificateRequired = ClientAuthority is not null,
            RemoteCertificateValidationCallback = (_, shown, chain, _) => ClientAuthority is not { } authority || (shown is X509Certificate2 own && IsOurs(own, chain, authority)),
        };
    }

    private static bool IsOurs(X509Certificate2 shown, X509Chain? sent, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        return chain.Build(shown);
    }

    private async Task PassOnAsync(HttpContext http)
    {
        Requests.Enqueue((http.Request.Host.Value ?? "", http.Connection.ClientCertificate?.Subject));
        var path = http.Request.Path.Value!;
        path = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : path;
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(_cluster.Address, path + http.Request.QueryString));
        if (http.Request.ContentLength is > 0)
        {
            using var sent = new MemoryStream();
            await http.Request.Body.CopyToAsync(sent, http.RequestAborted);
            request.Content = new ByteArrayContent(sent.ToArray());
            request.Content.Headers.TryAddWithoutValidation("Content-Type", http.Request.ContentType);
        }

        foreach (var (name, values) in http.Request.Headers.Where(header => header.Key is "Authorization" or "Accept" || header.Key.StartsWith("Impersonate-", StringComparison.Ordinal)))
        {
            request.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        if (http.Connection.ClientCertificate is not null && !request.Headers.Contains("Authorization"))
        {
            // As the kube-apiserver would by itself.
            request.Headers.Authorization = new("Bearer", _cluster.Token(ClusterUser.Admin));
        }

        try
        {
            await AnswerAsync(http, request);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or HttpRequestException)
        {
            http.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext http, HttpRequestMessage request)
    {
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await using var body = await answer.Content.ReadAsStreamAsync(http.RequestAborted);
        await http.Response.StartAsync(http.RequestAborted);
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, http.RequestAborted) is > 0 and var count)
        {
            await http.Response.Body.WriteAsync(buffer.AsMemory(0, count), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }
}
