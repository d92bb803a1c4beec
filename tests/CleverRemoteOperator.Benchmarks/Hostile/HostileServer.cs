using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Benchmarks.Hostile;

/// <summary>
/// A Kubernetes API that misbehaves in as many ways as there are kinds, all at once, and in others each time it is asked again: it answers
/// just well enough that it goes on being served.
/// </summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ServingCertificates _certificates = ServingCertificates.Create("hostile", IPAddress.Loopback);
    private readonly Misbehaviour _misbehaviour = new(TimeProvider.System);
    private readonly ConcurrentDictionary<string, int> _ways = new();
    private readonly ConcurrentDictionary<string, JsonNode> _leases = new();
    private readonly string _uid = Guid.NewGuid().ToString();
    private int _answers;
    private int _revision = 1000;

    private HostileServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = _certificates.Server });
            });
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>The kubeconfig by which it is served.</summary>
    public string Kubeconfig(string name) => KubeconfigFile.Render(name, new Uri(Address), _certificates.AuthorityPem, "hostile", "hostile-token");

    /// <summary>How often it was asked for a list or a watch in each way.</summary>
    public IReadOnlyDictionary<string, int> Ways => _ways;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<HostileServer> StartAsync()
    {
        var server = new HostileServer();
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificates.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        var path = context.Request.Path.Value!;
        try
        {
            await (path switch
            {
                "/version" => TextAsync(context, """{"gitVersion":"v1.36.0"}"""),
                "/api/v1/namespaces/kube-system" => TextAsync(context, $$$"""{"metadata":{"name":"kube-system","uid":"{{{_uid}}}"}}"""),
                _ when path.Contains("/leases", StringComparison.Ordinal) => LeaseAsync(context, path),
                _ when path == $"/apis/{AddonCatalog.Group}" => TextAsync(context, GroupDocument),
                _ when path == $"/apis/{AddonCatalog.Group}/v1" => TextAsync(context, ResourcesDocument),
                _ when HttpMethods.IsGet(context.Request.Method) && Collection(path) is { } objects => CollectionAsync(context, objects),
                _ when path.Contains("/namespaces/", StringComparison.Ordinal) => SingleAsync(context, path),
                _ => RefuseAsync(context, 404, "NotFound"),
            });
        }
        catch (OperationCanceledException)
        {
            // The operator has had enough.
        }
    }

    private static string GroupDocument { get; } =
        $$$"""{"kind":"APIGroup","apiVersion":"v1","name":"{{{AddonCatalog.Group}}}","versions":[{"groupVersion":"{{{AddonCatalog.Group}}}/v1","version":"v1"}],"preferredVersion":{"groupVersion":"{{{AddonCatalog.Group}}}/v1","version":"v1"}}""";

    private static string ResourcesDocument { get; } =
        $$"""{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"{{AddonCatalog.Group}}/v1","resources":[{{string.Join(',', AddonCatalog.All.Select(kind => $$"""{"name":"{{kind.Plural}}","namespaced":true,"kind":"{{kind.Name}}","verbs":["list","watch"]}"""))}}]}""";

    private static HostileObjects? Collection(string path) =>
        path.EndsWith("/secrets", StringComparison.Ordinal) ? new HostileObjects("v1", HostileObjects.Secret)
        : path == "/api/v1/namespaces" ? new HostileObjects("v1", HostileObjects.Namespace)
        : AddonCatalog.ByPlural(path[(path.LastIndexOf('/') + 1)..]) is { } kind ? new HostileObjects($"{AddonCatalog.Group}/v1", kind.Name)
        : null;

    private async Task CollectionAsync(HttpContext context, HostileObjects objects)
    {
        if (!context.Request.Query.ContainsKey("watch"))
        {
            Count("pages without end");
            await Misbehaviour.PagesAsync(context, objects);
            return;
        }

        if (objects.ApiVersion == "v1")
        {
            Count($"flood of {objects.Kind}");
            await Misbehaviour.CoreAsync(context, objects);
            return;
        }

        var all = _misbehaviour.All;
        var (name, answer) = all[Interlocked.Increment(ref _answers) % all.Count];
        Count(name);
        await answer(context, objects);
    }

    // What is asked of one object is answered well, late, never, with megabytes or with nonsense.
    private async Task SingleAsync(HttpContext context, string path)
    {
        var way = Interlocked.Increment(ref _answers) % 6;
        Count($"object, {way}");
        var parts = path.Split('/');
        var objects = new HostileObjects($"{AddonCatalog.Group}/v1", AddonCatalog.All.FirstOrDefault(kind => parts.Contains(kind.Plural))?.Name ?? HostileObjects.Secret);
        var name = parts[^1] == "status" ? parts[^2] : parts[^1];
        await (way switch
        {
            0 => Misbehaviour.HangAsync(context),
            1 => TextAsync(context, objects.Object(name, "hostile", Interlocked.Increment(ref _revision), 4_000_000)),
            2 => TextAsync(context, "<html>"),
            3 => RefuseAsync(context, 500, "InternalError"),
            _ => TextAsync(context, objects.Object(name, "hostile", Interlocked.Increment(ref _revision), 100)),
        });
    }

    private static Task RefuseAsync(HttpContext context, int code, string reason)
    {
        context.Response.StatusCode = code;
        return TextAsync(context, HostileObjects.Status(code, reason));
    }

    private async Task LeaseAsync(HttpContext context, string path)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            if (_leases.TryGetValue(path, out var known))
            {
                await TextAsync(context, known.ToJsonString());
                return;
            }

            await RefuseAsync(context, 404, "NotFound");
            return;
        }

        if (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) is JsonObject lease && lease["metadata"] is JsonObject metadata)
        {
            metadata["resourceVersion"] = $"{Interlocked.Increment(ref _revision)}";
            metadata["uid"] = _uid;
            var key = path.EndsWith("/leases", StringComparison.Ordinal) ? $"{path}/{metadata["name"]}" : path;
            _leases[key] = lease;
            await TextAsync(context, lease.ToJsonString());
        }
    }

    private void Count(string way) => _ways.AddOrUpdate(way, 1, (_, count) => count + 1);

    private static async Task TextAsync(HttpContext context, string text) =>
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
}
