using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>The tests' own view of a Kubernetes API, apart from the operator's client. Paths are whole, such as <c>/api/v1/namespaces/a/secrets/b</c>.</summary>
internal sealed class KubeApi : IDisposable
{
    private readonly HttpClient _client;
    private readonly ConcurrentDictionary<string, string> _collections = new();

    public KubeApi(Uri address, string authorityPem, string token)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPem(authorityPem);
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = trust;
        _client = new(new Patience(handler)) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    /// <summary>Whether the server answers that it is ready.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _client.GetAsync("/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The object, or null when there is none.</summary>
    public async Task<JsonObject?> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(path);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(answer);
    }

    /// <summary>Applies every document of a manifest (YAML or JSON) and returns what the server made of each.</summary>
    /// <param name="namespace">Where the objects go, whatever they say themselves; null leaves it to them.</param>
    public async Task<IReadOnlyList<JsonObject>> ApplyAsync(string manifest, string? @namespace = null)
    {
        List<JsonObject> applied = [];
        foreach (var document in manifest.Split("\n---").Select(text => YamlBody.Parse(text.Trim('-', '\n', ' '))).OfType<JsonObject>())
        {
            if (@namespace is not null)
            {
                document["metadata"]!["namespace"] = @namespace;
            }

            applied.Add(await SendAsync(HttpMethod.Patch, $"{await PathOfAsync(document)}?fieldManager=test&force=true", document, "application/apply-patch+yaml"));
        }

        return applied;
    }

    /// <summary>The path of an object, found by the server's own discovery.</summary>
    public async Task<string> PathOfAsync(JsonObject document)
    {
        string version = (string)document["apiVersion"]!, kind = (string)document["kind"]!, name = (string)document["metadata"]!["name"]!;
        var root = version.Contains('/', StringComparison.Ordinal) ? $"/apis/{version}" : $"/api/{version}";
        if (!_collections.TryGetValue($"{version}/{kind}", out var plural))
        {
            var resources = (await GetAsync(root))?["resources"]?.AsArray() ?? throw new InvalidOperationException($"{version} is not served.");
            var resource = resources.FirstOrDefault(entry => (string?)entry!["kind"] == kind && !((string)entry["name"]!).Contains('/', StringComparison.Ordinal))
                ?? throw new InvalidOperationException($"{version} has no kind {kind}.");
            plural = _collections[$"{version}/{kind}"] = (string)resource["name"]!;
        }

        return document["metadata"]!["namespace"] is { } @namespace ? $"{root}/namespaces/{@namespace}/{plural}/{name}" : $"{root}/{plural}/{name}";
    }

    /// <summary>Merges a patch (JSON) into an object.</summary>
    public Task<JsonObject> PatchAsync(string path, string patch) => SendAsync(HttpMethod.Patch, path, JsonNode.Parse(patch)!, "application/merge-patch+json");

    /// <summary>Asks for the deletion of an object; it may stay until its finalizers are gone.</summary>
    public async Task DeleteAsync(string path)
    {
        using var answer = await _client.DeleteAsync(new Uri(path, UriKind.Relative));
        await ReadAsync(answer);
    }

    /// <summary>Deletes an object unless it is gone already.</summary>
    public async Task DeleteIfThereAsync(string path)
    {
        using var answer = await _client.DeleteAsync(new Uri(path, UriKind.Relative));
        if (answer.StatusCode != HttpStatusCode.NotFound)
        {
            await ReadAsync(answer);
        }
    }

    /// <summary>Watches an object until it is as <paramref name="isSo"/> says; null is passed while it is not there. Returns it as it is then.</summary>
    /// <exception cref="TimeoutException">It never was; the message shows it as last seen.</exception>
    public Task<JsonObject?> UntilAsync(string path, Func<JsonObject?, bool> isSo, TimeSpan timeout)
    {
        var (collection, name) = (path[..path.LastIndexOf('/')], path[(path.LastIndexOf('/') + 1)..]);
        return FirstAsync(token => StatesAsync(collection, $"fieldSelector=metadata.name={name}", token), isSo, path, timeout);
    }

    /// <summary>Watches a collection until an object in it is so.</summary>
    /// <exception cref="TimeoutException">None ever was; the message shows the one seen last.</exception>
    public Task UntilAnyAsync(string collection, Func<JsonObject, bool> isSo, TimeSpan timeout) =>
        FirstAsync(token => StatesAsync(collection, "", token), state => state is not null && isSo(state), collection, timeout);

    public void Dispose() => _client.Dispose();

    private static async Task<JsonObject?> FirstAsync(
        Func<CancellationToken, IAsyncEnumerable<JsonObject?>> states, Func<JsonObject?, bool> isSo, string what, TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        JsonObject? seen = null;
        try
        {
            await foreach (var state in states(deadline.Token))
            {
                seen = state;
                if (isSo(state))
                {
                    return state;
                }
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
        }

        throw new TimeoutException($"{what} did not come to be as expected within {timeout}; it is {seen?.ToJsonString() ?? "not there"}");
    }

    /// <summary>The states of the objects in a collection from now on, null for none at first and for each deletion; endless.</summary>
    private async IAsyncEnumerable<JsonObject?> StatesAsync(string collection, string selector, [EnumeratorCancellation] CancellationToken token)
    {
        while (true)
        {
            using var listed = await _client.GetAsync($"{collection}?{selector}", token);
            var list = await ReadAsync(listed);
            var items = list["items"]!.AsArray();
            foreach (var item in items.Count == 0 ? [null] : items.ToArray())
            {
                yield return item?.AsObject();
            }

            var start = $"{collection}?watch=true&resourceVersion={list["metadata"]!["resourceVersion"]}&{selector}";
            using var watch = await _client.GetAsync(start, HttpCompletionOption.ResponseHeadersRead, token);
            using var reader = new StreamReader(await watch.Content.ReadAsStreamAsync(token));
            while (await LineAsync(reader, token) is { } line && JsonNode.Parse(line) is JsonObject change && (string?)change["type"] is not "ERROR")
            {
                yield return (string?)change["type"] == "DELETED" ? null : change["object"]!.AsObject();
            }
        }
    }

    // A watch that is cut is begun again, as every client of Kubernetes does.
    private static async Task<string?> LineAsync(StreamReader watch, CancellationToken token)
    {
        try
        {
            return await watch.ReadLineAsync(token);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, JsonNode body, string type)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(type)),
        };
        using var answer = await _client.SendAsync(request);
        return await ReadAsync(answer);
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)!.AsObject()
            : throw new HttpRequestException($"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.PathAndQuery}: {text}", null, answer.StatusCode);
    }

    /// <summary>Asks again when a server wants to be asked later, as it does while it makes room for a new definition: so does every client of Kubernetes.</summary>
    private sealed class Patience(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private const int Most = 20;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var asked = 1; ; asked++)
            {
                var answer = await base.SendAsync(request, cancellationToken);
                if (answer.StatusCode != HttpStatusCode.TooManyRequests || answer.Headers.RetryAfter?.Delta is not { } wait || asked == Most)
                {
                    return answer;
                }

                answer.Dispose();
                await Task.Delay(wait, TimeProvider.System, cancellationToken);
            }
        }
    }
}
