using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using CleverRemoteOperator.Kubernetes.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Tests.Watching;

/// <summary>An API server that answers each request with the next line of a script, and hangs once the script is over.</summary>
internal sealed class ScriptedApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();
    private readonly Channel<string> _requests = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _stop = new();

    private ScriptedApiServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Authorization headers as they came.</summary>
    public ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>Bodies of requests that had one.</summary>
    public ConcurrentQueue<string> Bodies { get; } = new();

    public static async Task<ScriptedApiServer> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
        {
            if (certificate is not null)
            {
                endpoint.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.AllowAnyClientCertificate();
                });
            }
        }));
        var app = builder.Build();
        var server = new ScriptedApiServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.Address = new Uri(address);
        return server;
    }

    /// <summary>A client of this server.</summary>
    public Cluster Connect(TimeProvider time, KubernetesRequestObserver? observer = null) =>
        new(new ClusterId("scripted"), new ClusterConnection { Server = Address, Token = "the-token" }, time, observer);

    /// <summary>Method, path and query of the next request nobody asked for yet.</summary>
    public async Task<string> NextRequestAsync() => await _requests.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    public ScriptedApiServer Then(Func<HttpContext, Task> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public ScriptedApiServer ThenJson(int status, string body, params (string Key, string Value)[] headers) => Then(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (key, value) in headers)
        {
            context.Response.Headers[key] = value;
        }

        await context.Response.WriteAsync(body);
    });

    public ScriptedApiServer ThenStatus(int status, string reason, string message = "scripted", params (string Key, string Value)[] headers) =>
        ThenJson(status, Json.Status(status, reason, message), headers);

    /// <summary>A stream of these lines that ends well.</summary>
    public ScriptedApiServer ThenLines(params string[] lines) => Then(context => WriteAsync(context, lines));

    /// <summary>A stream of these lines that then says nothing more.</summary>
    public ScriptedApiServer ThenLinesAndSilence(params string[] lines) => Then(async context =>
    {
        await WriteAsync(context, lines);
        await HangAsync(context);
    });

    /// <summary>A stream of this very text, whose connection is then torn.</summary>
    public ScriptedApiServer ThenTextAndTear(string text) => Then(async context =>
    {
        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
        context.Abort();
    });

    public ScriptedApiServer ThenHang() => Then(HangAsync);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private static async Task WriteAsync(HttpContext context, string[] lines)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(string.Concat(lines.Select(line => line + "\n")), Encoding.UTF8);
        await context.Response.Body.FlushAsync();
    }

    private async Task HangAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stop.Token);
        var ended = new TaskCompletionSource();
        await using var registration = either.Token.Register(ended.SetResult);
        await ended.Task;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        if (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            using var reader = new StreamReader(context.Request.Body);
            Bodies.Enqueue(await reader.ReadToEndAsync());
        }

        var hasAnswer = _script.TryDequeue(out var answer);
        _requests.Writer.TryWrite($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        await (hasAnswer ? answer!(context) : HangAsync(context));
    }
}
