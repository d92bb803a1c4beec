using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

/// <summary>One cluster for one test, reached over real HTTPS that trusts only its own authority.</summary>
public sealed class ClusterFixture : IAsyncDisposable
{
    public const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    public const string Widgets = "/apis/example.test/v1/namespaces/default/widgets";

    private readonly Dictionary<ClusterUser, HttpClient> _clients = [];

    private ClusterFixture(KubernetesApiServer server) => Server = server;

    internal KubernetesApiServer Server { get; }

    public static Task<ClusterFixture> StartAsync() => StartAsync(new());

    internal static async Task<ClusterFixture> StartAsync(KubernetesApiServerOptions options) => new(await KubernetesApiServer.StartAsync(options, CancellationToken.None));

    internal HttpClient Client(ClusterUser user = ClusterUser.Admin)
    {
        if (!_clients.TryGetValue(user, out var client))
        {
            _clients[user] = client = Anonymous();
            client.DefaultRequestHeaders.Authorization = new("Bearer", Server.Token(user));
        }

        return client;
    }

    internal HttpClient Anonymous()
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(Server.AuthorityPem));
        SocketsHttpHandler handler = new() { SslOptions = new() { CertificateChainPolicy = policy }, EnableMultipleHttp2Connections = true };
        return new HttpClient(handler) { BaseAddress = Server.Address, DefaultRequestVersion = HttpVersion.Version20, Timeout = TimeSpan.FromSeconds(30) };
    }

    internal async Task<(int Code, JsonObject Body)> SendAsync(
        HttpMethod method, string path, string? body = null, string type = "application/json", ClusterUser user = ClusterUser.Admin)
    {
        using HttpRequestMessage request = new(method, path) { Version = HttpVersion.Version20 };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("tests", "1"));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        using var response = await Client(user).SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : new JsonObject { ["text"] = text });
    }

    internal Task<(int Code, JsonObject Body)> GetAsync(string path, ClusterUser user = ClusterUser.Admin) => SendAsync(HttpMethod.Get, path, user: user);

    internal Task<(int Code, JsonObject Body)> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    internal Task<(int Code, JsonObject Body)> MergeAsync(string path, string body) => SendAsync(HttpMethod.Patch, path, body, "application/merge-patch+json");

    internal Task<(int Code, JsonObject Body)> DeleteAsync(string path, string? body = null) => SendAsync(HttpMethod.Delete, path, body);

    /// <summary>Installs a definition with two versions, a status and a required size of at least 1.</summary>
    internal async Task InstallWidgetsAsync() => Assert.Equal(201, (await PostAsync(Definitions, WidgetDefinition)).Code);

    internal async Task<JsonObject> CreateWidgetAsync(string name, string metadata = "", int size = 1)
    {
        var (code, body) = await PostAsync(Widgets, $$$"""{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"{{{name}}}"{{{metadata}}}},"spec":{"size":{{{size}}}}}""");
        Assert.True(code == 201, body.ToJsonString());
        return body;
    }

    internal async Task<WatchReader> WatchAsync(string path)
    {
        var response = await Client().GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new(response, await response.Content.ReadAsStreamAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        await Server.DisposeAsync();
    }

    public const string WidgetDefinition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.test"},
         "spec":{"group":"example.test","scope":"Namespaced","names":{"plural":"widgets","kind":"Widget","shortNames":["wi"],"categories":["all-widgets"]},
          "versions":[
           {"name":"v1","served":true,"storage":true,"subresources":{"status":{}},"additionalPrinterColumns":[{"name":"Size","type":"integer","jsonPath":".spec.size"}],
            "schema":{"openAPIV3Schema":{"type":"object","properties":{
              "spec":{"type":"object","required":["size"],"properties":{"size":{"type":"integer","minimum":1},"colour":{"type":"string","default":"red"}}},
              "status":{"type":"object","properties":{"addon":{"type":"string"}}}}}}},
           {"name":"v1alpha1","served":true,"storage":false,"subresources":{"status":{}},"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
        """;
}
