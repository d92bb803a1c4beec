using System.Net;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Tests.Clusters;

/// <summary>An API server that serves Redis as far as anybody asks, and answers every list and watch of it as the test likes.</summary>
internal sealed class HostileApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<HttpContext, HostileApiServer, Task> _watch;
    private readonly CancellationTokenSource _stop = new();
    private int _watches;

    private HostileApiServer(WebApplication app, Func<HttpContext, HostileApiServer, Task> watch) => (_app, _watch) = (app, watch);

    /// <summary>How many lists and watches were asked for.</summary>
    public int Watches => _watches;

    private string Kubeconfig { get; set; } = "";

    public static async Task<HostileApiServer> StartAsync(Func<HttpContext, HostileApiServer, Task> watch)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new HostileApiServer(app, watch);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.Kubeconfig = $$$"""
            apiVersion: v1
            kind: Config
            current-context: hostile
            contexts: [{name: hostile, context: {cluster: hostile, user: hostile}}]
            clusters: [{name: hostile, cluster: {server: "{{{address}}}"}}]
            users: [{name: hostile, user: {token: hostile}}]
            """;
        return server;
    }

    /// <summary>The server as a cluster, served whole.</summary>
    public ClusterDefinition Define(string name) => ClustersWorld.Define(name, Kubeconfig) with
    {
        Options = new ClusterOptions { Name = name, Source = $"{name}.yaml", KubeconfigContent = Kubeconfig, AllowInsecure = true },
    };

    /// <summary>Ends when the request or the server does.</summary>
    public CancellationToken Stopping(HttpContext context) =>
        CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stop.Token).Token;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        switch (context.Request.Path.Value)
        {
            case "/version":
                await context.Response.WriteAsync("""{"gitVersion":"v1.36.0"}""");
                break;
            case "/apis":
                await context.Response.WriteAsync("""{"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"api.clever-cloud.com","versions":[{"groupVersion":"api.clever-cloud.com/v1","version":"v1"}],"preferredVersion":{"groupVersion":"api.clever-cloud.com/v1","version":"v1"}}]}""");
                break;
            case "/apis/api.clever-cloud.com":
                await context.Response.WriteAsync("""{"kind":"APIGroup","apiVersion":"v1","name":"api.clever-cloud.com","versions":[{"groupVersion":"api.clever-cloud.com/v1","version":"v1"}],"preferredVersion":{"groupVersion":"api.clever-cloud.com/v1","version":"v1"}}""");
                break;
            case "/apis/api.clever-cloud.com/v1":
                await context.Response.WriteAsync("""{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"api.clever-cloud.com/v1","resources":[{"name":"redis","singularName":"redis","namespaced":true,"kind":"Redis","verbs":["get","list","watch","patch"]}]}""");
                break;
            case { } path when path.EndsWith("/redis", StringComparison.Ordinal) || path.EndsWith("/secrets", StringComparison.Ordinal):
                Interlocked.Increment(ref _watches);
                try
                {
                    await _watch(context, this);
                }
                catch (OperationCanceledException)
                {
                    // The client went.
                }

                break;
            default:
                context.Response.StatusCode = 404;
                await context.Response.WriteAsync("""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"not found","reason":"NotFound","code":404}""");
                break;
        }
    }
}
