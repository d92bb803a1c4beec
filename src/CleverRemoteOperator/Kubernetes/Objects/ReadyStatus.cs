using System.Text.Json;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>Tells from a status whether its resource is Ready.</summary>
internal static class ReadyStatus
{
    public static bool Says(JsonPart status)
    {
        using var document = status.ToDocument();
        return document is { RootElement: var root } && Says(root);
    }

    private static bool Says(JsonElement status) =>
        status.TryGetProperty("conditions", out var conditions) && conditions.ValueKind == JsonValueKind.Array
            ? conditions.EnumerateArray().Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True")
            // The reference operator's CRDs keep no conditions: an add-on is all there is to see.
            : status.Text("addon") is { Length: > 0 };
}
