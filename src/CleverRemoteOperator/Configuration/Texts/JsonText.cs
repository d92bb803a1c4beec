using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Configuration.Texts;

/// <summary>Strings out of JSON that may hold anything.</summary>
internal static class JsonText
{
    /// <summary>The string; null for anything else.</summary>
    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The member that is a string; null for anything else.</summary>
    public static string? Text(this JsonNode? node, string key) => node is JsonObject fields ? fields[key].Text() : null;

    /// <inheritdoc cref="Text(JsonNode?)"/>
    public static string? Text(this JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString() : null;

    /// <inheritdoc cref="Text(JsonNode?, string)"/>
    public static string? Text(this JsonElement json, string key) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key, out var value) ? value.Text() : null;
}
