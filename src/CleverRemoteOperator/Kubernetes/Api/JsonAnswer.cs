using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CleverRemoteOperator.Kubernetes.Objects;
using k8s.Models;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>Answers as what they should be: one of Kubernetes' own types, or any JSON object.</summary>
internal static class JsonAnswer
{
    /// <summary>The answer as a model.</summary>
    /// <exception cref="KubernetesApiException">It is none. The failure is not passed on, as it would cite the answer, which may be a secret.</exception>
    public static T Parse<T>(ApiRequest request, ReadOnlySpan<byte> answer, JsonTypeInfo<T> type)
        where T : class =>
        TryParse(answer, type) ?? throw Malformed(request);

    /// <summary>The answer as an object.</summary>
    /// <exception cref="KubernetesApiException">It is none.</exception>
    public static JsonObject Parse(ApiRequest request, ReadOnlySpan<byte> answer) => TryParse(answer) ?? throw Malformed(request);

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

    /// <summary>The API server's own account of a failure; null when the text is something else.</summary>
    public static V1Status? TryParseStatus(ReadOnlySpan<byte> text) =>
        TryParse(text, KubernetesModels.Default.V1Status) is { Kind: "Status" } status ? status : null;

    private static T? TryParse<T>(ReadOnlySpan<byte> text, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (Exception failure) when (JsonReading.IsMalformed(failure))
        {
            return null;
        }
    }

    private static KubernetesApiException Malformed(ApiRequest request) => new($"{request}: the answer is not the expected JSON", null, "Malformed");
}
