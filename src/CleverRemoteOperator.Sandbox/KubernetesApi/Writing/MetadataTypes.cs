using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

/// <summary>Which values fit into an object's metadata, and what Go's decoder says of others.</summary>
internal static class MetadataTypes
{
    private const string Time = "string";

    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["name"] = "string",
        ["generateName"] = "string",
        ["namespace"] = "string",
        ["selfLink"] = "string",
        ["uid"] = "string",
        ["resourceVersion"] = "string",
        ["creationTimestamp"] = Time,
        ["deletionTimestamp"] = Time,
        ["generation"] = "int64",
        ["deletionGracePeriodSeconds"] = "int64",
        ["labels"] = "map[string]string",
        ["annotations"] = "map[string]string",
        ["finalizers"] = "[]string",
        ["ownerReferences"] = "[]v1.OwnerReference",
        ["managedFields"] = "[]v1.ManagedFieldsEntry",
    };

    /// <summary>What is wrong with the first value that does not fit; null when all do.</summary>
    /// <param name="path">How the decoder calls the place of the metadata: <c>ObjectMeta</c> or, in a built-in kind, <c>ObjectMeta.metadata</c>.</param>
    public static string? Mistake(JsonObject metadata, string path) =>
        metadata.Where(field => field.Value is not null && Fields.ContainsKey(field.Key))
            .Select(field => Mistake(field.Value!, Fields[field.Key], $"{path}.{field.Key}") ?? Timing(field.Key, field.Value!))
            .FirstOrDefault(mistake => mistake is not null);

    private static string? Mistake(JsonNode value, string type, string path)
    {
        var element = type[(type.IndexOf(']', StringComparison.Ordinal) + 1)..];
        return value switch
        {
            _ when !Fits(value, type) => $"json: cannot unmarshal {JsonWords.GoKind(value)} into Go struct field {path} of type {type}",
            JsonArray items => items.OfType<JsonNode>().Select(item => Mistake(item, element, path)).FirstOrDefault(mistake => mistake is not null),
            JsonObject map when type.StartsWith("map", StringComparison.Ordinal) =>
                map.Select(pair => pair.Value).OfType<JsonNode>().Select(item => Mistake(item, element, path)).FirstOrDefault(mistake => mistake is not null),
            _ => null,
        };
    }

    private static bool Fits(JsonNode value, string type) => value.GetValueKind() switch
    {
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "int64" && JsonWords.IsInteger(value),
        JsonValueKind.Array => type.StartsWith("[]", StringComparison.Ordinal),
        JsonValueKind.Object => type.StartsWith("map", StringComparison.Ordinal) || type.StartsWith("v1", StringComparison.Ordinal),
        _ => false,
    };

    private static string? Timing(string field, JsonNode value) =>
        field.EndsWith("Timestamp", StringComparison.Ordinal) && !DateTimeOffset.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, out _)
            ? $"parsing time {JsonWords.Quote(value.GetValue<string>())} as \"2006-01-02T15:04:05Z07:00\": cannot parse {JsonWords.Quote(value.GetValue<string>())} as \"2006\""
            : null;
}
