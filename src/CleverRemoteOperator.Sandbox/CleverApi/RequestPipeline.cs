using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using CleverRemoteOperator.Sandbox.CleverApi.Control;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi;

/// <summary>What every request passes, in this order: counted, held back, broken by a fault, authenticated, served.</summary>
internal sealed class RequestPipeline(
    CleverApiServerOptions options,
    Authenticator authenticator,
    RequestCounts counts,
    Faults faults,
    FaultPlayer player,
    Identifiers identifiers)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers["Sozu-Id"] = identifiers.Ulid();
        if (http.Request.Path.StartsWithSegments(ControlRoutes.Prefix))
        {
            await next(http);
            return;
        }

        counts.Add(http.Request.Method, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? RequestCounts.Unrouted);
        try
        {
            if (options.Latency > TimeSpan.Zero)
            {
                await Task.Delay(options.Latency, options.TimeProvider, http.RequestAborted);
            }

            var serve = (HttpContext context) => ServeAsync(context, next);
            await (faults.Take(http.Request.Method, http.Request.Path) is { } rule ? player.PlayAsync(rule, http, new RequestDelegate(serve)) : serve(http));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client left; there is nobody to answer.
            http.Abort();
        }
    }

    private async Task ServeAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            var endpoint = http.GetEndpoint() ?? throw ApiError.NotRouted;
            if (authenticator.Authenticate(http.Request) is { } account)
            {
                Owners.Set(http, account);
            }
            else if (http.Request.Headers.Authorization.Count > 0 || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            {
                throw ApiError.NotConnected;
            }

            await next(http);
        }
        catch (ApiError error)
        {
            await error.WriteAsync(http.Response);
        }
    }
}
