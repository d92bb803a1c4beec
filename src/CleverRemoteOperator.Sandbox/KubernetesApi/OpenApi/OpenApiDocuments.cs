using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.OpenApi;

/// <summary>The OpenAPI documents that kubectl reads.</summary>
internal static class OpenApiDocuments
{
    public static JsonObject V2(IReadOnlyList<JsonObject> crds) => throw new NotSupportedException();

    /// <summary>The index at /openapi/v3.</summary>
    public static JsonObject V3Index(IReadOnlyList<JsonObject> crds) => throw new NotSupportedException();

    /// <summary>The document of a path such as <c>api/v1</c> or <c>apis/group/version</c>; null when there is none.</summary>
    public static JsonObject? V3(string groupVersionPath, IReadOnlyList<JsonObject> crds) => throw new NotSupportedException();
}
