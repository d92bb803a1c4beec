using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi;

/// <summary>The words that the API's error messages use for JSON values.</summary>
internal static class JsonWords
{
    /// <summary>The type as Go's JSON decoder names it: object, array, string, number, bool, null.</summary>
    public static string GoKind(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => "null",
    };

    /// <summary>The type as an OpenAPI schema names it; a number without a fraction is an integer.</summary>
    public static string SchemaType(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => IsInteger(value) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    /// <summary>True for 1 and for 1.0, which the API reads as the same integer.</summary>
    public static bool IsInteger(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.Number && TryNumber(value, out var number) && decimal.IsInteger(number);

    public static bool TryNumber(JsonNode? value, out decimal number)
    {
        number = 0;
        return value?.GetValueKind() == JsonValueKind.Number
            && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Compact JSON with its keys sorted, as the API prints a value inside a message.</summary>
    public static string Compact(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject map => "{" + string.Join(',', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{Quote(pair.Key)}:{Compact(pair.Value)}")) + "}",
        JsonArray list => "[" + string.Join(',', list.Select(Compact)) + "]",
        _ when TryNumber(value, out var number) => Plain(number),
        _ => value.ToJsonString(Relaxed),
    };

    /// <summary>A copy with all its keys sorted.</summary>
    public static JsonNode? Sorted(JsonNode? value) => value switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => value?.DeepClone(),
    };

    /// <summary>Compact JSON with its keys in their order.</summary>
    public static string Text(JsonNode value) => value.ToJsonString(Relaxed);

    /// <summary>The number without a fraction of zeros.</summary>
    public static string Plain(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    public static string Quote(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
