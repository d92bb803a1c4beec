using System.Net;
using System.Text.Json.Nodes;
using k8s.Authentication;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>
/// Sends requests to one API server with KubernetesClient's credentials. The requests are our own, because the library's do not
/// escape names, have no deadline on watches, and fail with exceptions that hold our token and our bodies.
/// </summary>
internal sealed class ApiTransport(ClusterId id, ClusterConnection connection, TimeProvider time, KubernetesRequestObserver? observer) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private const int MaxErrorBody = 64 * 1024;
    private const int LargeAtOnce = 2;

    private readonly HttpMessageInvoker _http = new(ApiHandler.Create(connection));
    private readonly ServiceClientCredentials? _credentials = Credentials(connection);
    private readonly SemaphoreSlim _large = new(LargeAtOnce);
    private readonly Uri _root = new(connection.Server.AbsoluteUri.TrimEnd('/') + "/");

    /// <summary>Sends a request, and waits for the whole answer, in 30 s.</summary>
    public Task SendAsync(ApiRequest request, CancellationToken token) => SendAsync(request, _ => true, token);

    /// <summary>Sends a request and reads the whole answer, in 30 s.</summary>
    public Task<T> SendAsync<T>(ApiRequest request, BodyReader<T> read, CancellationToken token) => WithinLimitAsync(
        request,
        async limited =>
        {
            using var response = await AnswerAsync(request, limited);
            return await BoundedBody.ReadAsync(response, request.ToString(), BoundedBody.MaxObject, read, limited, _large);
        },
        token);

    /// <summary>Sends a request and gives the answer once its headers are there, in 30 s; the caller reads and disposes it.</summary>
    public Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken token) =>
        WithinLimitAsync(request, limited => AnswerAsync(request, limited), token);

    public void Dispose()
    {
        _http.Dispose();
        _large.Dispose();
        connection.TokenSource?.Dispose();
    }

    private async Task<T> WithinLimitAsync<T>(ApiRequest request, Func<CancellationToken, Task<T>> step, CancellationToken token)
    {
        using var deadline = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, deadline.Token);
        try
        {
            return await step(both.Token);
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

    /// <summary>The answer of a success, its body not read yet.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(ApiRequest request, CancellationToken token)
    {
        var response = await TrySendAsync(request, token);
        if (response.StatusCode == HttpStatusCode.Unauthorized && connection.TokenSource?.Refused(response.RequestMessage?.Headers.Authorization) == true)
        {
            response.Dispose();
            response = await TrySendAsync(request, token);
        }

        return response.IsSuccessStatusCode ? response : throw await FailureAsync(request, response, token);
    }

    private async Task<HttpResponseMessage> TrySendAsync(ApiRequest request, CancellationToken token)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(_root, request.PathAndQuery))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = request.Body is null ? null : JsonContent(request.Body, request.ContentType),
        };
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", "clever-remote-operator");
        message.Headers.Host = connection.TlsServerName;
        var started = time.GetTimestamp();
        int? status = null;
        try
        {
            if (_credentials is not null)
            {
                await _credentials.ProcessHttpRequestAsync(message, token);
            }

            var response = await _http.SendAsync(message, token);
            status = (int)response.StatusCode;
            return response;
        }
        finally
        {
            var (verb, resource) = ApiPath.Describe(request.Method, request.PathAndQuery);
            observer?.Invoke(id, verb, resource, status, time.GetElapsedTime(started));
        }
    }

    private static ByteArrayContent JsonContent(JsonObject body, string type)
    {
        var content = new ByteArrayContent(JsonBytes.Of(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
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

    private static ServiceClientCredentials? Credentials(ClusterConnection connection) =>
        connection.TokenSource is { } source ? new TokenCredentials(source)
        : connection.Token is { } token ? new TokenCredentials(token)
        : connection.Username is { } name ? new BasicAuthenticationCredentials { UserName = name, Password = connection.Password ?? "" }
        : null;
}
