using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>What stood in the same place before the update, where that place can be told.</summary>
internal readonly record struct OldValue(bool Known, JsonNode? Value)
{
    public static OldValue Of(JsonObject? old) => old is null ? default : new OldValue(true, old);

    public bool SameAs(JsonNode? value) => Known && JsonNode.DeepEquals(Value, value);

    public OldValue Field(string name) =>
        Value is JsonObject map && map.TryGetPropertyValue(name, out var child) ? new OldValue(true, child) : default;

    /// <summary>The old item of a list; only items of a list of type map have an identity.</summary>
    public OldValue Item(StructuralSchema schema, JsonNode? item)
    {
        if (schema.ListType != "map" || Value is not JsonArray list || item is not JsonObject)
        {
            return default;
        }

        var key = ListTypes.MapKey(schema, item);
        return list.FirstOrDefault(candidate => candidate is JsonObject && ListTypes.MapKey(schema, candidate) == key) is { } match
            ? new OldValue(true, match)
            : default;
    }
}
