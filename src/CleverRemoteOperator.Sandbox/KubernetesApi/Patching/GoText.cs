using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>JSON values as Go prints them into some error messages.</summary>
internal static class GoText
{
    public static string Print(JsonNode? value) => value switch
    {
        null => "<nil>",
        JsonObject map => "map[" + string.Join(' ', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{Print(pair.Value)}")) + "]",
        JsonArray list => "[" + string.Join(' ', list.Select(Print)) + "]",
        _ => value.ToString(),
    };

    /// <summary>Its type in Go.</summary>
    public static string TypeOf(JsonNode? value) => JsonWords.SchemaType(value) switch
    {
        "object" => "map[string]interface {}",
        "array" => "[]interface {}",
        "integer" => "int64",
        "number" => "float64",
        "boolean" => "bool",
        var other => other,
    };

    /// <summary>As it would stand in Go's source.</summary>
    public static string Literal(JsonNode? value) => value switch
    {
        null => "interface {}(nil)",
        JsonObject map => "map[string]interface {}{" + string.Join(", ", map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{JsonWords.Quote(pair.Key)}:{Literal(pair.Value)}")) + "}",
        JsonArray list => "[]interface {}{" + string.Join(", ", list.Select(Literal)) + "}",
        _ => JsonWords.Compact(value),
    };
}
