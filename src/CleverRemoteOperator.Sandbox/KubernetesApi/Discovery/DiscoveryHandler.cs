using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.OpenApi;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Discovery;

/// <summary>Answers every path that names no resource: discovery, OpenAPI, version and health.</summary>
internal sealed class DiscoveryHandler(ResourceRegistry registry, ObjectStore store)
{
    private const string AggregatedKind = "APIGroupDiscoveryList";
    private const string SwaggerProtobuf = "proto-openapi.spec.v2";

    private static readonly string[] Health = ["healthz", "livez", "readyz"];

    /// <summary>Paths anybody may read, even without a token.</summary>
    public static bool IsPublic(string path) => path == "/version" || Health.Contains(path.Trim('/'));

    public Task ServeAsync(ApiRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!HttpMethods.IsGet(request.Http.Request.Method) && !HttpMethods.IsHead(request.Http.Request.Method))
        {
            return request.WriteUnknownPathAsync();
        }

        var types = registry.All;
        return parts switch
        {
            [] => request.WriteAsync(DiscoveryDocuments.Paths(types)),
            [var health] when Health.Contains(health) => request.WriteTextAsync(request.Query("verbose") is null ? "ok" : $"[+]ping ok\n{health} check passed\n"),
            ["version"] => request.WriteAsync(DiscoveryDocuments.Version()),
            ["api"] => GroupsAsync(request, [.. types.Where(type => type.Group.Length == 0)], DiscoveryDocuments.CoreVersions(Host(request))),
            ["apis"] => GroupsAsync(request, [.. types.Where(type => type.Group.Length > 0)], DiscoveryDocuments.Groups(types)),
            ["api", var version] => ResourcesAsync(request, types, "", version),
            ["apis", var group, var version] => ResourcesAsync(request, types, group, version),
            ["apis", var group] when types.Any(type => type.Group == group) => request.WriteAsync(DiscoveryDocuments.Group(group, types, standalone: true)),
            ["openapi", "v2"] when request.Http.Request.Headers.Accept.ToString().Contains(SwaggerProtobuf, StringComparison.Ordinal) =>
                request.WriteAsync(OpenApiProtobuf.Write(OpenApiDocuments.V2(Definitions())), contentType: "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"),
            ["openapi", "v2"] => request.WriteAsync(OpenApiDocuments.V2(Definitions())),
            ["openapi", "v3"] => request.WriteAsync(OpenApiDocuments.V3Index(Definitions())),
            ["openapi", "v3", .. var path] when OpenApiDocuments.V3(string.Join('/', path), Definitions()) is { } document => request.WriteAsync(document),
            _ => request.WriteUnknownPathAsync(),
        };
    }

    private static string Host(ApiRequest request) => request.Http.Request.Host.Value ?? "";

    private static Task ResourcesAsync(ApiRequest request, IReadOnlyList<ResourceType> types, string group, string version)
    {
        ResourceType[] served = [.. types.Where(type => type.Group == group && type.Version == version)];
        return served.Length == 0 ? request.WriteUnknownPathAsync() : request.WriteAsync(DiscoveryDocuments.Resources(served));
    }

    private static Task GroupsAsync(ApiRequest request, ResourceType[] types, JsonObject plain)
    {
        MediaRange? range = MediaRange.Accepted(request).FirstOrDefault(range => range.IsJson && (range.As.Length == 0
            || (range is { As: AggregatedKind, Group: "apidiscovery.k8s.io" } && range.Version is "v2" or "v2beta1")));
        if (range is not { As: AggregatedKind })
        {
            return request.WriteAsync(plain);
        }

        var body = Answers.Utf8(DiscoveryDocuments.Aggregated(types, range.Version));
        var tag = $"\"{Convert.ToHexString(SHA512.HashData(body))}\"";
        request.Http.Response.Headers.ETag = tag;
        request.Http.Response.Headers.Vary = "Accept";
        request.Http.Response.Headers.CacheControl = "public";
        if (request.Http.Request.Headers.IfNoneMatch == tag)
        {
            request.Http.Response.StatusCode = 304;
            return Task.CompletedTask;
        }

        return request.WriteAsync(body, contentType: $"application/json;g=apidiscovery.k8s.io;v={range.Version};as={AggregatedKind}");
    }

    private List<JsonObject> Definitions() =>
        [.. store.Snapshot(BuiltInResources.Definitions.Storage).Objects.In(null).Select(definition => definition.Read(BuiltInResources.Definitions)).Where(DefinitionStatus.IsEstablished)];
}
