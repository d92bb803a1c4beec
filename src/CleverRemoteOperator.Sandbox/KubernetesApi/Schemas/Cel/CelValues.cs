using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>Turns JSON into CEL values by its schema.</summary>
internal static class CelValues
{
    private static readonly HashSet<string> Reserved =
    [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return",
    ];

    public static object? From(JsonNode? value, StructuralSchema? schema) => value switch
    {
        null => null,
        JsonObject map => Map(map, schema),
        JsonArray list => list.Select(item => From(item, schema?.Items)).ToList(),
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
            _ when schema?.Type != "number" && JsonWords.IsInteger(value) && long.TryParse(JsonWords.Compact(value), out var integer) => integer,
            _ => double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture),
        },
    };

    /// <summary>A property's name as rules write it: <c>my-name</c> is <c>my__dash__name</c>.</summary>
    public static string Escape(string name) => Reserved.Contains(name)
        ? $"__{name}__"
        : name.Replace("__", "__underscores__", StringComparison.Ordinal).Replace(".", "__dot__", StringComparison.Ordinal)
            .Replace("-", "__dash__", StringComparison.Ordinal).Replace("/", "__slash__", StringComparison.Ordinal);

    /// <summary>Of a structure only the fields that its schema names can be seen; a map shows all its keys.</summary>
    private static Dictionary<string, object?> Map(JsonObject map, StructuralSchema? schema)
    {
        var isStructure = schema is { Properties.Count: > 0 };
        return map.Where(pair => !isStructure || schema!.Properties.ContainsKey(pair.Key))
            .ToDictionary(pair => isStructure ? Escape(pair.Key) : pair.Key, pair => From(pair.Value, schema?.Field(pair.Key)), StringComparer.Ordinal);
    }
}
