using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.Benchmarks.Driving;

/// <summary>Asks one cluster as cheaply as can be, over HTTP/2: what drives must not take the processor from what is measured.</summary>
internal sealed class ClusterClient : IDisposable
{
    private const int StreamWindow = 8 * 1024 * 1024;

    private readonly HttpClient _writes;

    // A connection of their own: what is measured by them must not wait behind answers to writes.
    private readonly HttpClient _watches;

    public ClusterClient(TestCluster cluster) => (_writes, _watches) = (Create(cluster), Create(cluster));

    /// <summary>Creates an object.</summary>
    /// <exception cref="HttpRequestException">It was refused; the message has the answer.</exception>
    public Task CreateAsync(string collection, byte[] body, CancellationToken token = default) =>
        SendAsync(HttpMethod.Post, collection, body, "application/json", token);

    /// <summary>Changes an object; gives it as it is then.</summary>
    public Task<byte[]> MergeAsync(string path, byte[] patch, CancellationToken token = default) =>
        SendAsync(HttpMethod.Patch, path, patch, "application/merge-patch+json", token);

    /// <summary>Creates or changes an object by server-side apply.</summary>
    /// <param name="accept">What is asked for in the answer.</param>
    public Task ApplyAsync(string path, byte[] body, string accept, CancellationToken token = default) =>
        SendAsync(HttpMethod.Patch, path, body, "application/apply-patch+yaml", token, accept);

    public Task DeleteAsync(string path, CancellationToken token = default) => SendAsync(HttpMethod.Delete, path, null, "", token);

    /// <summary>Whether a watch of a collection can be opened by now: for a moment after its definition a kube-apiserver answers 429.</summary>
    public async Task<bool> IsWatchableAsync(string collection)
    {
        using var answer = await _watches.GetAsync(new Uri($"{collection}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    /// <summary>A watch of a collection, not opened yet.</summary>
    public ObjectWatch Watch<T>(string collection, ObjectFormat<T> format, SeenHandler read, TimeProvider time)
        where T : class, INamespacedObject => new(_watches, collection, format.Accept, format.ListAccept, read, time);

    public void Dispose()
    {
        _writes.Dispose();
        _watches.Dispose();
    }

    private static HttpClient Create(TestCluster cluster)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPem(cluster.AuthorityPem);
        // A server ends a watch that it cannot write to for a moment: there is room for what comes in that time.
        var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust }, InitialHttp2StreamWindowSize = StreamWindow };
        return new(handler)
        {
            BaseAddress = cluster.Address,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            DefaultRequestHeaders = { Authorization = new("Bearer", cluster.Token(ClusterUser.Admin)) },
        };
    }

    private async Task<byte[]> SendAsync(HttpMethod method, string path, byte[]? body, string type, CancellationToken token, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(method, path) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Accept.ParseAdd(accept);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        }

        using var answer = await _writes.SendAsync(request, token);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{method} {path}: {await answer.Content.ReadAsStringAsync(token)}", null, answer.StatusCode);
        }

        return await answer.Content.ReadAsByteArrayAsync(token);
    }
}
