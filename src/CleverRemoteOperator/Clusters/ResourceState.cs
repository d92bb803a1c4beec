using System.Text.Json;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Clusters;

/// <summary>One word for how a resource stands, for status and metrics.</summary>
internal static class ResourceState
{
    public static string Of(AddonResource resource)
    {
        if (resource.DeletionTimestamp is not null)
        {
            return "Deleting";
        }

        using var document = resource.Status.ToDocument();
        return document is { RootElement: var status } && IsReady(status) ? "Ready" : "NotReady";
    }

    private static bool IsReady(JsonElement status) =>
        status.TryGetProperty("conditions", out var conditions) && conditions.ValueKind == JsonValueKind.Array
            ? conditions.EnumerateArray().Any(condition => Text(condition, "type") == "Ready" && Text(condition, "status") == "True")
            // The reference operator's CRDs keep no conditions: an add-on is all there is to see.
            : Text(status, "addon") is { Length: > 0 };

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
