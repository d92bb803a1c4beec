using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>Answers that are kept as the JSON they are.</summary>
internal static class JsonAnswer
{
    /// <summary>The answer as an object.</summary>
    /// <exception cref="KubernetesApiException">It is none.</exception>
    public static JsonObject Parse(ApiRequest request, ReadOnlySpan<byte> answer)
    {
        try
        {
            return JsonNode.Parse(answer, null, JsonReading.Strict) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            // The failure would cite the answer, which may be a Secret.
            throw new KubernetesApiException($"{request}: the answer is not a JSON object", null, "Malformed");
        }
    }

    /// <summary>A member that is a string; empty for anything else.</summary>
    public static string Text(JsonNode? from, string key) =>
        from is JsonObject parent && parent[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
