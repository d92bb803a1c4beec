using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CleverRemoteOperator.Configuration;
using k8s;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>
/// Sends requests to one API server over KubernetesClient's connection and credentials. The requests are our own, because the
/// library's do not escape names, have no deadline on watches, and fail with exceptions that hold our token and our bodies.
/// </summary>
internal sealed class ApiTransport(ClusterId id, ClusterConnection connection, TimeProvider time, KubernetesRequestObserver? observer) : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private const int MaxErrorBody = 64 * 1024;

    private readonly k8s.Kubernetes _client = new(Configure(connection));
    private readonly Uri _root = new(connection.Server.AbsoluteUri.TrimEnd('/') + "/");

    /// <summary>Sends a request and reads the whole answer, in 30 s.</summary>
    public async Task<ReadOnlyMemory<byte>> SendAsync(ApiRequest request, CancellationToken token)
    {
        using var deadline = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, deadline.Token);
        try
        {
            using var response = await OpenAsync(request, both.Token);
            return await BoundedBody.ReadAsync(response, request.ToString(), BoundedBody.MaxObject, both.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !token.IsCancellationRequested)
        {
            throw ApiError.FromDeadline(request.ToString(), Limit);
        }
    }

    /// <summary>Sends a request and gives the answer once its headers are there, in 30 s; the caller reads and disposes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken token)
    {
        using var deadline = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, deadline.Token);
        try
        {
            var response = await TrySendAsync(request, both.Token);
            if (response.StatusCode == HttpStatusCode.Unauthorized && connection.TokenSource?.Refused(response.RequestMessage?.Headers.Authorization) == true)
            {
                response.Dispose();
                response = await TrySendAsync(request, both.Token);
            }

            return response.IsSuccessStatusCode ? response : throw await FailureAsync(request, response, both.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !token.IsCancellationRequested)
        {
            throw ApiError.FromDeadline(request.ToString(), Limit);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw ApiError.FromFailure(request.ToString(), failure);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        connection.TokenSource?.Dispose();
    }

    private async Task<HttpResponseMessage> TrySendAsync(ApiRequest request, CancellationToken token)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(_root, request.PathAndQuery))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = request.Body is null ? null : new StringContent(request.Body, Encoding.UTF8, new MediaTypeHeaderValue(request.ContentType)),
        };
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", "clever-remote-operator");
        message.Headers.Host = connection.TlsServerName;
        var started = time.GetTimestamp();
        int? status = null;
        try
        {
            if (_client.Credentials is { } credentials)
            {
                await credentials.ProcessHttpRequestAsync(message, token);
            }

            var response = await _client.HttpClient.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token);
            status = (int)response.StatusCode;
            return response;
        }
        finally
        {
            var (verb, resource) = ApiPath.Describe(request.Method, request.PathAndQuery);
            observer?.Invoke(id, verb, resource, status, time.GetElapsedTime(started));
        }
    }

    private async Task<KubernetesApiException> FailureAsync(ApiRequest request, HttpResponseMessage response, CancellationToken token)
    {
        using (response)
        {
            ReadOnlyMemory<byte> body = default;
            try
            {
                body = await BoundedBody.ReadAsync(response, request.ToString(), MaxErrorBody, token);
            }
            catch (KubernetesApiException)
            {
                // The status alone says enough; a body too large or broken off adds nothing.
            }

            return ApiError.FromAnswer(request.ToString(), response, body.Span, time);
        }
    }

    private static KubernetesClientConfiguration Configure(ClusterConnection connection) => new()
    {
        Host = connection.Server.AbsoluteUri,
        SkipTlsVerify = connection.SkipTlsVerify,
        ClientCertificateData = Base64(connection.ClientCertificate),
        ClientCertificateKeyData = Base64(connection.ClientKey),
        AccessToken = connection.Token,
        TokenProvider = connection.TokenSource,
        Username = connection.Username,
        Password = connection.Password,
        FirstMessageHandlerSetup = handler =>
        {
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
            handler.Proxy = OutboundProxy.OfThisProcess();
            handler.ConnectTimeout = ConnectLimit;
            handler.EnableMultipleHttp2Connections = true;
            handler.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
            handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(15);
            handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
            // The library's own check of a private authority accepts any host name; a chain policy keeps both checks.
            handler.SslOptions.CertificateChainPolicy = ChainPolicy(connection.CertificateAuthorities);
        },
    };

    private static X509ChainPolicy? ChainPolicy(X509Certificate2Collection authorities)
    {
        if (authorities.Count == 0)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static string? Base64(string? pem) => pem is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
}
