using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Observability.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;

namespace CleverRemoteOperator.Observability.Pages;

/// <summary>The web server: its two listeners, tight limits, and the error for a listener that cannot be opened.</summary>
internal static class ObservabilityHosting
{
    private const int MaxConnections = 512;
    private const int MaxConnectionsOfAddress = 128;
    private const int MaxHeaderBytes = 16 * 1024;
    private const int MaxHeaders = 64;
    private const int MaxRequestLineBytes = 4 * 1024;
    private const int MaxUnreadBytes = 32 * 1024;

    // As many as the system allows: a burst of connections must not make a probe wait for a SYN retry.
    private const int Backlog = 4096;

    // Slowest accepted rate for a page or for a request's headers.
    private const double SlowestBytesPerSecond = 4 * 1024;

    /// <summary>How long a connection may be idle.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    /// <summary>How long the headers of a request may take altogether.</summary>
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Sets the server up to listen where the options say and nowhere else.</summary>
    /// <param name="builder">An empty one: other builders read <c>ASPNETCORE_URLS</c>, which Clever Cloud sets, and warn that it is overridden.</param>
    public static void Configure(WebApplicationBuilder builder, OperatorOptions options)
    {
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.Backlog = Backlog).ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            SetLimits(server.Limits);
            var isOnePort = options.Listen.Equals(options.MetricsListen);
            Listen(server, options.Listen, servesMetrics: isOnePort);
            if (!isOnePort)
            {
                Listen(server, options.MetricsListen, servesMetrics: true);
            }
        });
    }

    /// <summary>Adds the pages, and the process' own memory, threads and collections to the metrics.</summary>
    public static void Map(WebApplication app, OperatorOptions options, OperatorHealth health, OperatorMetrics metrics)
    {
        app.UseRouting();
        app.Use(ServeAsync);
        app.Use((context, next) => CountAsync(context, next, metrics.Reference));
        app.Use((context, next) =>
        {
            var isElsewhere = context.GetEndpoint()?.Metadata.GetMetadata<MetricsOnly>() is not null
                && context.Features.Get<Listener>() is not { ServesMetrics: true };
            if (!isElsewhere)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        DotNetStats.Register(metrics.Registry);
        var paused = Prometheus.Metrics.WithCustomRegistry(metrics.Registry).CreateCounter("dotnet_gc_pause_seconds_total", "Total time that garbage collections paused the process.");
        metrics.Registry.AddBeforeCollectCallback(() => paused.IncTo(GC.GetTotalPauseDuration().TotalSeconds));
        HttpEndpoints.Map(app, health, metrics, app.Lifetime, options.StatusToken);
    }

    /// <summary>Starts the application.</summary>
    /// <exception cref="ListenerException">A listener cannot be opened.</exception>
    public static async Task StartAsync(WebApplication app, OperatorOptions options, CancellationToken token)
    {
        try
        {
            await app.StartAsync(token);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            var isMetrics = failure.Message.Contains($"http://{options.MetricsListen}:", StringComparison.Ordinal);
            var where = isMetrics ? $"[operator] metrics-listen {options.MetricsListen}" : $"[operator] listen {options.Listen}";
            throw new ListenerException($"{where}: the port is already in use; stop the other process or choose another port", failure);
        }
        catch (SocketException failure)
        {
            throw new ListenerException(
                $"[operator] listen {options.Listen} or metrics-listen {options.MetricsListen}: {failure.Message}; " +
                "choose an address of this machine and a port this user may open", failure);
        }
    }

    // OpenConnections limits the number of connections, without refusing any.
    private static void SetLimits(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = null;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestBodySize = 0;
        limits.MaxRequestBufferSize = MaxUnreadBytes;
        limits.MaxRequestHeaderCount = MaxHeaders;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxRequestLineSize = MaxRequestLineBytes;
        limits.KeepAliveTimeout = Idle;
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(SlowestBytesPerSecond, Idle);
        limits.MinResponseDataRate = new MinDataRate(SlowestBytesPerSecond, Idle);
    }

    /// <summary>A request with a body is refused at once instead of being read to its end; and while one is answered, its connection counts as used.</summary>
    private static async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        var connection = context.Features.Get<OpenConnection>();
        connection?.BeginAnswer();
        try
        {
            if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
            {
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                context.Response.Headers.Connection = "close";
                return;
            }

            await next(context);
        }
        finally
        {
            connection?.EndAnswer();
        }
    }

    private static async Task CountAsync(HttpContext context, RequestDelegate next, ReferenceMetrics metrics)
    {
        var started = Stopwatch.GetTimestamp();
        await next(context);
        var method = HttpMethods.GetCanonicalizedValue(context.Request.Method);
        // Other methods and unknown paths would be labels without bounds.
        if (method is "GET" or "HEAD" && context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } path })
        {
            metrics.Served(method, path, context.Response.StatusCode, Stopwatch.GetElapsedTime(started));
        }
    }

    private static void Listen(KestrelServerOptions server, IPEndPoint endpoint, bool servesMetrics)
    {
        var listener = new Listener(servesMetrics, IPAddress.IsLoopback(endpoint.Address));
        var connections = new OpenConnections(MaxConnections, MaxConnectionsOfAddress);
        server.Listen(endpoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => async connection =>
            {
                using var open = connections.Add((connection.RemoteEndPoint as IPEndPoint)?.Address, connection.Abort);
                connection.Features.Set(listener);
                connection.Features.Set(open);
                await next(connection);
            });
        });
    }
}
