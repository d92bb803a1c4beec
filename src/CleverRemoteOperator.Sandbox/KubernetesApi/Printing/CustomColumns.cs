using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Printing;

/// <summary>The columns of a custom resource: the name, then additionalPrinterColumns, or the age where there are none.</summary>
internal static class CustomColumns
{
    public static IReadOnlyList<Column> Read(JsonArray? additionalPrinterColumns) => additionalPrinterColumns is { Count: > 0 } columns
        ? [Column.NameOf, .. columns.OfType<JsonObject>().Select(ReadOne)]
        : [Column.NameOf, Column.Age with { Type = "date" }];

    private static Column ReadOne(JsonObject source)
    {
        var text = (string?)source["jsonPath"] ?? "";
        var type = (string?)source["type"] ?? "string";
        var path = JsonPath.Parse(text);
        return new Column(
            (string?)source["name"] ?? "",
            type,
            (string?)source["description"] ?? $"Custom resource definition column (in JSONPath format): {text}",
            (item, now) => Cell(type, path.Find(item).FirstOrDefault(), now),
            (string?)source["format"] ?? "",
            (int?)source["priority"] ?? 0);
    }

    /// <summary>A value that does not fit the column's type is left out, as the API server does.</summary>
    private static JsonNode? Cell(string type, JsonNode? value, DateTimeOffset now) => (type, value?.GetValueKind()) switch
    {
        (_, null) => null,
        ("string", JsonValueKind.String) => value!.DeepClone(),
        ("string", _) => JsonWords.Compact(value),
        ("date", JsonValueKind.String) => Column.Since(value, now),
        ("integer", JsonValueKind.Number) => (long)value!.GetValue<decimal>(),
        ("number", JsonValueKind.Number) => value!.DeepClone(),
        ("boolean", JsonValueKind.True or JsonValueKind.False) => value!.DeepClone(),
        _ => null,
    };
}
