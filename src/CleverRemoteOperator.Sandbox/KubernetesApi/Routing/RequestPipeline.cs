using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using CleverRemoteOperator.Sandbox.KubernetesApi.Discovery;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Faults;
using CleverRemoteOperator.Sandbox.KubernetesApi.Patching;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

/// <summary>The way of every request: who, may they, fault or not, serve, and each refusal as a Status.</summary>
internal sealed class RequestPipeline(
    BearerTokens tokens, FaultInjection faults, RequestCounts counts, DiscoveryHandler discovery, ResourceHandler resources, CancellationToken stopping)
{
    public async Task HandleAsync(HttpContext http)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        http.RequestAborted = ending.Token;
        http.Response.Headers["Audit-Id"] = Guid.NewGuid().ToString();
        var request = ApiRequest.Read(http);
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.Append("Warning", request.Warnings.Headers.ToArray());
            return Task.CompletedTask;
        });
        if (request.Path == RequestCounts.Path)
        {
            await request.WriteAsync(counts.ToJson());
            return;
        }

        counts.Add(request);
        try
        {
            await faults.ServeAsync(request, () => ServeAsync(request));
        }
        catch (ApiException refusal)
        {
            await RefuseAsync(request, refusal);
        }
        catch (PatchException refusal)
        {
            await RefuseAsync(request, new(refusal.Code, refusal.Reason, refusal.Message, DetailsOf(refusal)));
        }
        catch (Exception) when (ending.IsCancellationRequested)
        {
            // The client has gone, or the server goes: nobody reads an answer.
            http.Abort();
        }
        catch (Exception mistake)
        {
            await RefuseAsync(request, new(500, "InternalError", $"Internal error occurred: {mistake.GetType().Name}: {mistake.Message}"));
        }
    }

    private static Task RefuseAsync(ApiRequest request, ApiException refusal)
    {
        if (request.Http.Response.HasStarted)
        {
            request.Http.Abort();
            return Task.CompletedTask;
        }

        return request.WriteAsync(refusal);
    }

    private static JsonObject DetailsOf(PatchException refusal) => refusal is ApplyConflictException conflicts
        ? new JsonObject
        {
            ["causes"] = new JsonArray([.. conflicts.Conflicts.Select(conflict => new JsonObject
            {
                ["reason"] = "FieldManagerConflict",
                ["message"] = conflict.Message,
                ["field"] = conflict.Field,
            })]),
        }
        : [];

    private async Task ServeAsync(ApiRequest request)
    {
        if (DiscoveryHandler.IsPublic(request.Path))
        {
            await discovery.ServeAsync(request);
            return;
        }

        var user = tokens.Authenticate(request.Http.Request);
        Authorization.Check(user, request);
        await (request.IsResource ? resources.ServeAsync(request, user) : discovery.ServeAsync(request));
    }
}
