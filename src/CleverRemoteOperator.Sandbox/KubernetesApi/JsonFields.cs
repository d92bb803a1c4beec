using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi;

/// <summary>Reads and makes fields of JSON objects; what is absent or of another type reads as null.</summary>
internal static class JsonFields
{
    public static JsonNode? At(this JsonObject source, params ReadOnlySpan<string> path)
    {
        JsonNode? node = source;
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    public static string? Text(this JsonObject source, params ReadOnlySpan<string> path) =>
        source.At(path) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool Flag(this JsonObject source, params ReadOnlySpan<string> path) =>
        source.At(path) is JsonValue value && value.TryGetValue(out bool flag) && flag;

    public static long? Number(this JsonObject source, params ReadOnlySpan<string> path) =>
        source.At(path) is JsonValue value && value.TryGetValue(out long number) ? number : null;

    public static JsonObject? Map(this JsonObject source, params ReadOnlySpan<string> path) => source.At(path) as JsonObject;

    public static IEnumerable<JsonObject> Maps(this JsonObject source, params ReadOnlySpan<string> path) =>
        (source.At(path) as JsonArray ?? []).OfType<JsonObject>();

    public static string[] Texts(this JsonObject source, params ReadOnlySpan<string> path) =>
        [.. (source.At(path) as JsonArray ?? []).OfType<JsonValue>().Select(value => value.TryGetValue(out string? text) ? text : null).OfType<string>()];

    /// <summary>The object in that field; an empty one is put there when there is none.</summary>
    public static JsonObject Ensure(this JsonObject source, string name)
    {
        if (source[name] is JsonObject existing)
        {
            return existing;
        }

        JsonObject made = [];
        source[name] = made;
        return made;
    }

    public static JsonObject Copy(this JsonObject source) => source.DeepClone().AsObject();

    public static JsonArray ToJson(this IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
