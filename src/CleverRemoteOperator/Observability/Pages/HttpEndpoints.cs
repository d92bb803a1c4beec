using System.Security.Cryptography;
using System.Text;
using CleverRemoteOperator.Observability.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Prometheus;

namespace CleverRemoteOperator.Observability.Pages;

/// <summary>The pages. Probes answer with constant bodies and reveal nothing about clusters; pages that reveal more are marked <see cref="MetricsOnly"/>.</summary>
internal static class HttpEndpoints
{
    private const string BearerPrefix = "Bearer ";
    private static readonly string[] Reads = ["GET", "HEAD"];

    /// <summary>Maps <c>/</c>, <c>/healthz</c>, <c>/livez</c>, <c>/readyz</c>, <c>/metrics</c> and <c>/status</c>.</summary>
    /// <param name="lifetime">Ready once it has started, listeners included, until it stops.</param>
    /// <param name="statusToken">Opens <c>/status</c> where the listener is not loopback; null = loopback only.</param>
    public static void Map(
        IEndpointRouteBuilder app, OperatorHealth health, OperatorMetrics metrics, IHostApplicationLifetime lifetime, string? statusToken)
    {
        app.MapMethods("/", Reads, context => AnswerAsync(context, true));
        app.MapMethods("/healthz", Reads, context => AnswerAsync(context, health.IsAlive));
        app.MapMethods("/livez", Reads, context => AnswerAsync(context, health.IsAlive));
        app.MapMethods("/readyz", Reads, context => AnswerAsync(context, IsReady(lifetime)));
        app.MapMetrics("/metrics", metrics.Registry).WithMetadata(new MetricsOnly());
        app.MapMethods("/status", Reads, context => ShowStatusAsync(context, health, statusToken)).WithMetadata(new MetricsOnly());
    }

    private static bool IsReady(IHostApplicationLifetime lifetime) =>
        lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested;

    private static Task AnswerAsync(HttpContext context, bool isGood)
    {
        context.Response.StatusCode = isGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(isGood ? "ok\n" : "not ok\n", context.RequestAborted);
    }

    private static Task ShowStatusAsync(HttpContext context, OperatorHealth health, string? statusToken)
    {
        var isLocal = context.Features.Get<Listener>() is { IsLoopback: true };
        if (isLocal || (statusToken is not null && CarriesToken(context.Request, statusToken)))
        {
            context.Response.Headers.CacheControl = "no-store";
            return context.Response.WriteAsJsonAsync(StatusPage.Of(health), StatusPage.Json, null, context.RequestAborted);
        }

        if (statusToken is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private static bool CarriesToken(HttpRequest request, string statusToken)
    {
        var given = request.Headers.Authorization.ToString();
        return given.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
            // Digests of equal length, so that the time taken reveals neither content nor length.
            && CryptographicOperations.FixedTimeEquals(Digest(given[BearerPrefix.Length..].Trim()), Digest(statusToken));
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
