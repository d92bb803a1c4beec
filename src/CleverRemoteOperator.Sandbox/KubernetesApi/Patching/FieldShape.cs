using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.BuiltIn;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>How a value is owned: whole or by its parts. Without a schema maps are owned by key and lists whole.</summary>
internal readonly record struct FieldShape(StructuralSchema? Schema, bool IsResource = false)
{
    /// <summary>The shape of a whole object: by its schema, or as the built-in kind that it names.</summary>
    public static FieldShape Of(JsonObject resource, StructuralSchema? schema) =>
        new(schema ?? BuiltInSchemas.Find((string?)resource["apiVersion"], (string?)resource["kind"]), true);

    /// <summary>Whether one manager owns the value as a whole; an empty map is not made of parts either.</summary>
    public bool IsLeaf(JsonNode? value) => value switch
    {
        JsonObject => Schema?.MapType == "atomic",
        JsonArray => Schema?.ListType is not ("set" or "map"),
        _ => true,
    };

    /// <summary>Whether the field is one of a structure, rather than a key of a map.</summary>
    public bool Declares(string name) =>
        Schema?.Properties.ContainsKey(name) == true || (IsResource && name is "apiVersion" or "kind" or "metadata");

    public FieldShape Field(string name)
    {
        if (IsResource && name == "metadata")
        {
            return new FieldShape(BuiltInSchemas.ObjectMeta);
        }

        return Schema?.Field(name) is { } field ? new FieldShape(field, field.EmbeddedResource) : default;
    }

    public FieldShape Item() => Schema?.Items is { } items ? new FieldShape(items, items.EmbeddedResource) : default;

    /// <summary>The path element of an item of a list of type set or map.</summary>
    public string Element(JsonNode? item) => Schema!.ListType == "set"
        ? "v:" + JsonWords.Compact(item)
        : "k:" + KeyOf(item);

    private string KeyOf(JsonNode? item)
    {
        JsonObject key = [];
        foreach (var name in Schema!.MapKeys)
        {
            var part = item is JsonObject map && map.TryGetPropertyValue(name, out var found)
                ? found?.DeepClone()
                : Schema.Items?.Properties.GetValueOrDefault(name)?.Default;
            if (part is not null)
            {
                key[name] = part;
            }
        }

        return JsonWords.Compact(key);
    }
}
