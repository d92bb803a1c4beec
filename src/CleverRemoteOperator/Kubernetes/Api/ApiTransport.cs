using System.Diagnostics.CodeAnalysis;
using System.Net;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Kubeconfig;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Timing;
using k8s.Authentication;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>
/// Sends requests to one API server with KubernetesClient's credentials. The requests are our own, because the library's do not
/// escape names, have no deadline on watches, and fail with exceptions that hold our token and our bodies.
/// </summary>
internal sealed class ApiTransport(ClusterId id, ClusterConnection connection, TimeProvider time, KubernetesRequestObserver? observer) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private const int MaxErrorBody = 64 * 1024;
    private const int LargeAtOnce = 2;

    private readonly ApiConnections _connections = new(connection, time);
    private readonly ServiceClientCredentials? _credentials = Credentials(connection);
    private readonly TlsMaterial _material = new(connection.CertificateAuthorities, connection.ClientCertificate);
    private readonly SemaphoreSlim _large = new(LargeAtOnce);
    private readonly Uri _root = new(connection.Server.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");

    /// <summary>Sends a request, and waits for the whole answer, in 30 s.</summary>
    public Task SendAsync(ApiRequest request, CancellationToken token) => SendAsync(request, _ => true, token);

    /// <summary>Sends a request and reads the whole answer, in 30 s; before that credentials may have to be waited for.</summary>
    public Task<T> SendAsync<T>(ApiRequest request, BodyReader<T> read, CancellationToken token) => AttemptAsync(
        request,
        async (attempt, limited) =>
        {
            using var response = await AnswerAsync(request, attempt, limited);
            return await BoundedBody.ReadAsync(response, request.ToString(), BoundedBody.MaxObject, read, limited, _large);
        },
        token);

    /// <summary>Sends a request and gives the answer once its headers are there, in 30 s; the caller reads and disposes it. Reading fails as requests do.</summary>
    public Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken token) => AttemptAsync(
        request,
        async (attempt, limited) =>
        {
            var response = await AnswerAsync(request, attempt, limited);
            response.Content = await AnswerStream.ContentAsync(response.Content, request.ToString(), limited);
            return response;
        },
        token);

    public void Dispose()
    {
        _connections.Dispose();
        _large.Dispose();
        connection.Credentials?.Dispose();
    }

    // Once more when what proves who we are, or whom we trust, has been replaced meanwhile.
    private async Task<T> AttemptAsync<T>(ApiRequest request, Func<Attempt, CancellationToken, Task<T>> step, CancellationToken token)
    {
        var attempt = await BeginAsync(token);
        try
        {
            return await WithinLimitAsync(request, limited => step(attempt, limited), token);
        }
        catch (KubernetesApiException failure) when (failure.Means(FailureMeaning.StaleCredentials))
        {
            if (!IsReplaced(attempt, failure))
            {
                throw;
            }
        }

        attempt = await BeginAsync(token);
        return await WithinLimitAsync(request, limited => step(attempt, limited), token);
    }

    private async Task<Attempt> BeginAsync(CancellationToken token)
    {
        var credential = connection.Credentials is { } source ? await source.GetAsync(token) : null;
        var files = connection.Files?.Now() ?? _material;
        return new Attempt(credential, files, credential?.Certificate is { } certificate ? files with { Certificate = certificate } : files);
    }

    private bool IsReplaced(Attempt used, KubernetesApiException failure)
    {
        var isOther = connection.Files?.LookAgain(used.Files) == true;
        var mayBeCredential = failure.IsUnauthorized || used.Credential?.Certificate is not null;
        return (mayBeCredential && used.Credential is { } credential && connection.Credentials!.Refused(credential)) || isOther;
    }

    [SuppressMessage("Design", "CA1031", Justification = "However a request fails on its way, it is a failure of the cluster's API and nothing else.")]
    private async Task<T> WithinLimitAsync<T>(ApiRequest request, Func<CancellationToken, Task<T>> step, CancellationToken token)
    {
        using var deadline = new Deadline(Limit, time, token);
        try
        {
            return await step(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            throw ApiError.FromDeadline(request.ToString(), Limit);
        }
        catch (Exception failure) when (failure is not (KubernetesApiException or MalformedObjectException) && !(failure is OperationCanceledException && token.IsCancellationRequested))
        {
            throw ApiError.FromFailure(request.ToString(), failure, connection.Files?.Problem ?? "");
        }
    }

    /// <summary>The answer of a success, its body not read yet.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(ApiRequest request, Attempt attempt, CancellationToken token)
    {
        using var message = Message(request);
        var started = time.GetTimestamp();
        int? status = null;
        HttpResponseMessage response;
        try
        {
            if ((attempt.Credential?.Token is { } text ? new TokenCredentials(text) : _credentials) is { } credentials)
            {
                await credentials.ProcessHttpRequestAsync(message, token);
            }

            response = await _connections.SendAsync(message, attempt.Material, token);
            status = (int)response.StatusCode;
        }
        finally
        {
            var (verb, resource) = ApiPath.Describe(request.Method, request.PathAndQuery);
            observer?.Invoke(id, verb, resource, status, time.GetElapsedTime(started));
        }

        return response.IsSuccessStatusCode ? response : throw await FailureAsync(request, response, token);
    }

    private HttpRequestMessage Message(ApiRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_root, request.PathAndQuery))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = request.Body is null ? null : JsonContent(request.Body, request.ContentType),
        };
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", OperatorNames.Own);
        foreach (var (name, value) in connection.Impersonation)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static ByteArrayContent JsonContent(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
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

            return ApiError.FromAnswer(request, response, body.Span, time);
        }
    }

    private static ServiceClientCredentials? Credentials(ClusterConnection connection) =>
        connection.Token is { } token ? new TokenCredentials(token)
        : connection.Username is { } name ? new BasicAuthenticationCredentials { UserName = name, Password = connection.Password ?? "" }
        : null;

    /// <summary>What one attempt is made with.</summary>
    /// <param name="Files">What the files gave.</param>
    /// <param name="Material">The same, with the certificate of a program.</param>
    private sealed record Attempt(Credential? Credential, TlsMaterial Files, TlsMaterial Material);
}
