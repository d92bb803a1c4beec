using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using CleverRemoteOperator.Sandbox.KubernetesApi.Discovery;
using CleverRemoteOperator.Sandbox.KubernetesApi.Faults;
using CleverRemoteOperator.Sandbox.KubernetesApi.Lifecycle;
using CleverRemoteOperator.Sandbox.KubernetesApi.Reading;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;
using CleverRemoteOperator.Sandbox.KubernetesApi.Watching;
using CleverRemoteOperator.Sandbox.KubernetesApi.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CleverRemoteOperator.Sandbox.KubernetesApi;

/// <summary>One Kubernetes API in memory, over HTTPS: to its clients a cluster.</summary>
internal sealed class KubernetesApiServer : IAsyncDisposable
{
    private static readonly string[] FirstNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

    private readonly CancellationTokenSource _stopping = new();
    private readonly BearerTokens _tokens = new();
    private readonly KubernetesApiServerOptions _options;
    private readonly ServingCertificates _certificates;
    private readonly ObjectStore _store;
    private readonly ClusterController _controller;
    private readonly WebApplication _app;
    private readonly ITimer _bookmarks;
    private Task _controlling = Task.CompletedTask;

    private KubernetesApiServer(KubernetesApiServerOptions options)
    {
        _options = options;
        _certificates = ServingCertificates.Create(options.Name, options.Listen.Address);
        _store = new(options.WatchHistory);
        ResourceRegistry registry = new();
        ObjectWriter writer = new(_store, options.TimeProvider);
        ObjectDeleter deleter = new(_store, options.TimeProvider);
        DefinitionController definitions = new(_store, writer, registry, options.TimeProvider);
        _controller = new(_store, new(_store, writer, deleter, registry, definitions), new(_store, writer, deleter, registry));
        RequestBody bodies = new(options.MaximumBody);
        WriteHandler writes = new(_store, writer, new(_store, writer, options.TimeProvider), deleter, bodies, definitions.Refresh, options.TimeProvider);
        ResourceHandler resources = new(registry, new ObjectReader(_store, options.TimeProvider), new WatchHandler(_store, options), writes, new(bodies));
        RequestPipeline pipeline = new(_tokens, new(Faults, options.TimeProvider), Requests, new DiscoveryHandler(registry, _store), resources, _stopping.Token);
        foreach (var name in FirstNamespaces)
        {
            JsonObject ns = new() { ["metadata"] = new JsonObject { ["name"] = name } };
            Decoding.Decode(BuiltInResources.Namespaces, ns, FieldValidation.Ignore, new());
            writer.Create(BuiltInResources.Namespaces, "", ns, new("kube-apiserver", false, FieldValidation.Ignore));
        }

        _app = Build(pipeline);
        _bookmarks = options.TimeProvider.CreateTimer(_ => _store.Bookmark(), null, options.BookmarkInterval, options.BookmarkInterval);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("https://127.0.0.1");

    /// <summary>The certificate of the authority that signed the server's certificate, as PEM.</summary>
    public string AuthorityPem => _certificates.AuthorityPem;

    /// <summary>What is to go wrong.</summary>
    public FaultRules Faults { get; } = new();

    /// <summary>How many watches are open now.</summary>
    public int OpenWatches => _store.OpenWatches;

    /// <summary>What has been asked so far.</summary>
    public RequestCounts Requests { get; } = new();

    /// <summary>Starts listening; the server answers when this returns. Throws <see cref="IOException"/> when the port is taken.</summary>
    public static async Task<KubernetesApiServer> StartAsync(KubernetesApiServerOptions options, CancellationToken ct)
    {
        KubernetesApiServer server = new(options);
        try
        {
            await server._app.StartAsync(ct);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        server.Address = new(server._app.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
        server._controlling = server._controller.RunAsync(CancellationToken.None);
        return server;
    }

    public string Token(ClusterUser user) => _tokens.Of(user);

    /// <summary>A kubeconfig with one context, named like the cluster, for this user.</summary>
    public string Kubeconfig(ClusterUser user) =>
        KubeconfigFile.Render(_options.Name, Address, _certificates.AuthorityPem, BearerTokens.NameOf(user), Token(user));

    /// <summary>Ends all watches now, cleanly, as a server does when their time is over.</summary>
    public void CloseWatches() => _store.EndWatches();

    /// <summary>Lets every resourceVersion before this moment expire: later watches and lists at one of them get 410.</summary>
    public void ExpireHistory() => _store.ForgetHistory();

    /// <summary>Sends every watch that allows bookmarks one now.</summary>
    public void SendBookmarks() => _store.Bookmark();

    public async ValueTask DisposeAsync()
    {
        await _bookmarks.DisposeAsync();
        await _stopping.CancelAsync();
        _store.EndWatches();
        await _app.DisposeAsync();
        _controller.Stop();
        await _controlling;
        _certificates.Dispose();
        _stopping.Dispose();
    }

    private WebApplication Build(RequestPipeline pipeline)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            kestrel.Listen(_options.Listen, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = _certificates.Server });
            });
        });
        var app = builder.Build();
        app.Run((RequestDelegate)pipeline.HandleAsync);
        return app;
    }
}
