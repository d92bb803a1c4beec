using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.Benchmarks.Driving;

/// <summary>Asks one cluster as cheaply as can be, over HTTP/2: what drives must not take the processor from what is measured.</summary>
internal sealed class ClusterClient : IDisposable
{
    private readonly HttpClient _writes;

    // A connection of their own: what is measured by them must not wait behind answers to writes.
    private readonly HttpClient _watches;

    public ClusterClient(TestCluster cluster) => (_writes, _watches) = (Create(cluster), Create(cluster));

    /// <summary>Hears a line of a watch; the bytes are good during the call only.</summary>
    internal delegate void LineReader(ReadOnlySpan<byte> line);

    /// <summary>Creates an object.</summary>
    /// <exception cref="HttpRequestException">It was refused; the message has the answer.</exception>
    public Task CreateAsync(string collection, byte[] body, CancellationToken token = default) =>
        SendAsync(HttpMethod.Post, collection, body, "application/json", token);

    public Task MergeAsync(string path, byte[] patch, CancellationToken token = default) =>
        SendAsync(HttpMethod.Patch, path, patch, "application/merge-patch+json", token);

    public Task DeleteAsync(string path, CancellationToken token = default) => SendAsync(HttpMethod.Delete, path, null, "", token);

    /// <summary>Whether a watch of a collection can be opened by now: for a moment after its definition a kube-apiserver answers 429.</summary>
    public async Task<bool> IsWatchableAsync(string collection)
    {
        using var answer = await _watches.GetAsync(new Uri($"{collection}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Opens a watch of what happens in a collection from now on.</summary>
    /// <param name="accept">Such as for metadata only.</param>
    /// <returns>Ends when the watch does, which is a failure unless <paramref name="token"/> asked for it.</returns>
    public async Task<Task> WatchAsync(string collection, string accept, LineReader read, CancellationToken token)
    {
        using var listed = await _watches.GetAsync(new Uri($"{collection}?limit=1", UriKind.Relative), token);
        var list = JsonNode.Parse(await listed.EnsureSuccessStatusCode().Content.ReadAsStringAsync(token))!;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{collection}?watch=true&timeoutSeconds=86400&resourceVersion={list["metadata"]!["resourceVersion"]}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Accept.ParseAdd(accept);
        var answer = await _watches.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        return ReadLinesAsync(answer.EnsureSuccessStatusCode(), read, token);
    }

    public void Dispose()
    {
        _writes.Dispose();
        _watches.Dispose();
    }

    private static HttpClient Create(TestCluster cluster)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPem(cluster.AuthorityPem);
        var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } };
        return new(handler)
        {
            BaseAddress = cluster.Address,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            DefaultRequestHeaders = { Authorization = new("Bearer", cluster.Token(ClusterUser.Admin)) },
        };
    }

    private async Task SendAsync(HttpMethod method, string path, byte[]? body, string type, CancellationToken token)
    {
        using var request = new HttpRequestMessage(method, path) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        }

        using var answer = await _writes.SendAsync(request, token);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{method} {path}: {await answer.Content.ReadAsStringAsync(token)}", null, answer.StatusCode);
        }
    }

    private static async Task ReadLinesAsync(HttpResponseMessage answer, LineReader read, CancellationToken token)
    {
        using (answer)
        {
            var reader = PipeReader.Create(await answer.Content.ReadAsStreamAsync(token));
            while (await reader.ReadAsync(token) is { IsCompleted: false } got)
            {
                var rest = got.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    var line = rest.Slice(0, end);
                    read(line.IsSingleSegment ? line.FirstSpan : line.ToArray());
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                reader.AdvanceTo(rest.Start, rest.End);
            }
        }
    }
}
