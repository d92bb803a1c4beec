using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

/// <summary>How to delete: on which condition, and what becomes of the dependents.</summary>
internal sealed record DeleteOptions(string? Uid, string? ResourceVersion, string? Propagation, bool DryRun)
{
    private static readonly string[] Propagations = ["Background", "Foreground", "Orphan"];

    public static DeleteOptions Background { get; } = new(null, null, "Background", false);

    /// <summary>Reads body and query, of which the body wins; throws 400 and 422 for what is not allowed.</summary>
    public static async Task<DeleteOptions> ReadAsync(ApiRequest request, RequestBody bodies)
    {
        var bytes = await bodies.ReadAsync(request);
        var body = bytes.Length == 0 ? [] : RequestBody.Parse(bytes, RequestBody.MediaTypeOf(request), "json parse error: ") as JsonObject ?? [];
        var propagation = body.Text("propagationPolicy") ?? request.Query("propagationPolicy");
        if ((body["orphanDependents"]?.ToString() ?? request.Query("orphanDependents")) is { } orphan)
        {
            propagation ??= orphan == "true" ? "Orphan" : "Background";
        }

        if (propagation is not null && !Propagations.Contains(propagation))
        {
            throw ApiErrors.InvalidOption("DeleteOptions", FieldError.NotSupported("propagationPolicy", JsonWords.Quote(propagation), [.. Propagations, "nil"]));
        }

        return new(
            body.Text("preconditions", "uid"),
            body.Text("preconditions", "resourceVersion"),
            propagation,
            body.Texts("dryRun").Contains("All") || request.Query("dryRun") == "All");
    }
}
