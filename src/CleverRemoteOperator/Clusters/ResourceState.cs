using System.Text.Json;
using CleverRemoteOperator.Configuration.Texts;
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
            ? conditions.EnumerateArray().Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True")
            // The reference operator's CRDs keep no conditions: an add-on is all there is to see.
            : status.Text("addon") is { Length: > 0 };
}
