using System.Text.Json;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>The API server's own account of a failure: an object of kind Status.</summary>
internal sealed record KubernetesStatus(int Code, string Reason, string Message, TimeSpan? RetryAfter)
{
    /// <summary>Reads a Status; null when the text is something else.</summary>
    public static KubernetesStatus? TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!JsonElement.TryParseValue(ref reader, out var parsed) || parsed is not { ValueKind: JsonValueKind.Object } status || Text(status, "kind") != "Status")
            {
                return null;
            }

            var wait = status.TryGetProperty("details", out var details) ? Number(details, "retryAfterSeconds") : 0;
            return new KubernetesStatus(
                Number(status, "code"), Text(status, "reason"), Text(status, "message"), wait > 0 ? TimeSpan.FromSeconds(wait) : null);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Text(JsonElement from, string key) =>
        from.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Number(JsonElement from, string key) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(key, out var value)
        && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
}
