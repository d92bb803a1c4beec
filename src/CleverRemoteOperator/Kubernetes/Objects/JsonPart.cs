using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>
/// A part of an object, kept as the bytes it came as: nodes would take many times the memory, for thousands of resources that nobody looks at.
/// </summary>
internal readonly struct JsonPart
{
    private readonly ReadOnlyMemory<byte> _json;

    private JsonPart(ReadOnlyMemory<byte> json) => _json = json;

    /// <summary>True when the object has no such part.</summary>
    public bool IsMissing => _json.IsEmpty;

    /// <summary>Bytes of JSON.</summary>
    public int Length => _json.Length;

    /// <summary>Keeps the bytes of one JSON object, or none.</summary>
    /// <exception cref="FormatException">They are something else; the message says what, after "its status ".</exception>
    public static JsonPart Of(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return default;
        }

        try
        {
            if (!JsonReading.HasOnlyText(json))
            {
                throw new FormatException("contains invalid UTF-8");
            }

            var bytes = json.ToArray();
            using var document = JsonDocument.Parse(bytes, JsonReading.Strict);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object => new JsonPart(bytes),
                JsonValueKind.Null => default,
                _ => throw new FormatException("is not an object"),
            };
        }
        catch (JsonException)
        {
            throw new FormatException($"has a duplicate key or is nested deeper than {JsonReading.Strict.MaxDepth}");
        }
    }

    public static JsonPart Of(JsonObject json) => new(JsonSerializer.SerializeToUtf8Bytes(json, KubernetesModels.Default.JsonObject));

    /// <summary>The part as a new object at each call; null when it is missing.</summary>
    public JsonObject? ToObject() => IsMissing ? null : JsonNode.Parse(_json.Span, null, JsonReading.Strict)!.AsObject();

    /// <summary>The part to be looked at and disposed; null when it is missing.</summary>
    public JsonDocument? ToDocument() => IsMissing ? null : JsonDocument.Parse(_json, JsonReading.Strict);

    public override string ToString() => IsMissing ? "" : System.Text.Encoding.UTF8.GetString(_json.Span);
}
