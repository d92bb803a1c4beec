using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>Answers that are kept as the JSON they are.</summary>
internal static class JsonAnswer
{
    /// <summary>The answer as an object.</summary>
    /// <exception cref="KubernetesApiException">It is none.</exception>
    public static JsonObject Parse(ApiRequest request, ReadOnlySpan<byte> answer) =>
        TryParse(answer) ?? throw new KubernetesApiException($"{request}: the answer is not a JSON object", null, "Malformed");

    /// <summary>The text as an object; null when it is none. A failure is not passed on, as it would cite the text, which may be a secret.</summary>
    public static JsonObject? TryParse(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonReading.HasOnlyText(text) ? JsonNode.Parse(text, null, JsonReading.Strict) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member that is a string; empty for anything else.</summary>
    public static string Text(JsonNode? from, string key) =>
        from is JsonObject parent && parent[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
