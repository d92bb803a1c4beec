using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Clusters;

/// <summary>One word for how a resource stands, for status and metrics.</summary>
internal static class ResourceState
{
    public static string Of(AddonResource resource) =>
        resource.DeletionTimestamp is not null ? "Deleting"
        : resource.Status?["conditions"] is JsonArray conditions
            ? conditions.OfType<JsonObject>().FirstOrDefault(condition => Text(condition["type"]) == "Ready") is { } ready
                && Text(ready["status"]) == "True" ? "Ready" : "NotReady"
            // The reference operator's CRDs keep no conditions: an add-on is all there is to see.
            : Text(resource.Status?["addon"]) is { Length: > 0 } ? "Ready" : "NotReady";

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
