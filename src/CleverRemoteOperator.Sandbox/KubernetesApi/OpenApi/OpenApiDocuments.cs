using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.OpenApi;

/// <summary>The OpenAPI documents that kubectl reads; the definitions given must have been accepted.</summary>
internal static class OpenApiDocuments
{
    private const string V2Prefix = "#/definitions/";
    private const string V3Prefix = "#/components/schemas/";

    /// <summary>The document at /openapi/v2, as JSON.</summary>
    public static JsonObject V2(IReadOnlyList<JsonObject> crds)
    {
        ApiResource[] resources = [.. ApiResource.All(crds)];
        return new JsonObject
        {
            ["swagger"] = "2.0",
            ["info"] = Info(),
            ["paths"] = Paths(resources, new OpenApiPaths(false, V2Prefix)),
            ["definitions"] = OpenApiDefinitions.Build(resources, V2Prefix, false),
        };
    }

    /// <summary>The index at /openapi/v3: each group and version with the address of its document, which changes with its content.</summary>
    public static JsonObject V3Index(IReadOnlyList<JsonObject> crds)
    {
        JsonObject paths = [];
        foreach (var path in ApiResource.All(crds).Select(resource => resource.GroupVersionPath).Distinct())
        {
            var hash = Convert.ToHexString(SHA512.HashData(Encoding.UTF8.GetBytes(V3(path, crds)!.ToJsonString())));
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash={hash}" };
        }

        return new JsonObject { ["paths"] = paths };
    }

    /// <summary>The document of a path such as <c>api/v1</c> or <c>apis/group/version</c>; null when there is none.</summary>
    public static JsonObject? V3(string groupVersionPath, IReadOnlyList<JsonObject> crds)
    {
        ApiResource[] resources = [.. ApiResource.All(crds).Where(resource => resource.GroupVersionPath == groupVersionPath)];
        return resources.Length == 0 ? null : new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = Info(),
            ["paths"] = Paths(resources, new OpenApiPaths(true, V3Prefix)),
            ["components"] = new JsonObject { ["schemas"] = OpenApiDefinitions.Build(resources, V3Prefix, true) },
        };
    }

    private static JsonObject Paths(IEnumerable<ApiResource> resources, OpenApiPaths builder)
    {
        JsonObject paths = [];
        foreach (var resource in resources)
        {
            builder.Add(paths, resource);
        }

        return paths;
    }

    private static JsonObject Info() => new() { ["title"] = "Kubernetes", ["version"] = "v1.36.0" };
}
