using System.Text.Json;

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
            ? conditions.EnumerateArray().Any(condition => Text(condition, "type") == "Ready" && Text(condition, "status") == "True")
            // The reference operator's CRDs keep no conditions: an add-on is all there is to see.
            : Text(status, "addon") is { Length: > 0 };

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
