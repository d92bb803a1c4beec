using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Tests.CleverCloud;

/// <summary>A small HTTP server whose answers a test writes.</summary>
internal sealed class CleverServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Queue<RequestDelegate> _first = new();
    private RequestDelegate _then;

    private CleverServer(WebApplication app, RequestDelegate answer)
    {
        _app = app;
        _then = answer;
    }

    public Uri Endpoint { get; private set; } = new("http://127.0.0.1");

    /// <summary>What came in: method, path with query, and body.</summary>
    public ConcurrentQueue<Received> Requests { get; } = new();

    public static async Task<CleverServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var server = new CleverServer(builder.Build(), answer);
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        server.Endpoint = new Uri(server._app.Urls.Single());
        return server;
    }

    public static Task<CleverServer> StartAsync(int status, string body) => StartAsync(Answer(status, body));

    /// <summary>An answer that is JSON or not, as the body looks.</summary>
    public static RequestDelegate Answer(int status, string body, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = body.StartsWith('<') ? "text/html" : "application/json";
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return context.Response.WriteAsync(body);
    };

    /// <summary>Closes the connection without an answer.</summary>
    public static Task DropAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Before all else, these answers, one a request.</summary>
    public CleverServer First(params IEnumerable<RequestDelegate> answers)
    {
        lock (_first)
        {
            answers.ToList().ForEach(_first.Enqueue);
        }

        return this;
    }

    /// <summary>From now on this answer.</summary>
    public void Then(RequestDelegate answer) => Volatile.Write(ref _then, answer);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Requests.Enqueue(new Received(
            $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}",
            body,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        RequestDelegate? first;
        lock (_first)
        {
            _first.TryDequeue(out first);
        }

        await (first ?? Volatile.Read(ref _then))(context);
    }

    /// <summary>A request as it came in.</summary>
    internal sealed record Received(string Line, string Body, IReadOnlyDictionary<string, string> Headers);
}
