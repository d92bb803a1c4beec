using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>Removes what a schema does not specify.</summary>
internal static class Pruning
{
    private static readonly string[] TypeFields = ["apiVersion", "kind", "metadata"];

    private static readonly HashSet<string> MetadataFields =
    [
        "annotations", "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "finalizers", "generateName",
        "generation", "labels", "managedFields", "name", "namespace", "ownerReferences", "resourceVersion", "selfLink", "uid",
    ];

    /// <summary>Prunes a whole resource, whose apiVersion, kind and metadata are known without being in the schema.</summary>
    public static void PruneResource(StructuralSchema schema, JsonObject value, string path, ICollection<string> unknown)
    {
        if (value["metadata"] is JsonObject metadata)
        {
            RemoveUnknown(metadata, MetadataFields.Contains, Join(path, "metadata"), unknown);
        }

        PruneObject(schema, value, path, unknown, TypeFields);
    }

    private static void PruneValue(StructuralSchema? schema, JsonNode? value, string path, ICollection<string> unknown)
    {
        switch (value)
        {
            case JsonObject map when schema is { EmbeddedResource: true }:
                PruneResource(schema, map, path, unknown);
                break;
            case JsonObject map when schema is not null:
                PruneObject(schema, map, path, unknown, []);
                break;
            case JsonArray list when schema is not null:
                for (var i = 0; i < list.Count; i++)
                {
                    PruneValue(schema.Items, list[i], $"{path}[{i}]", unknown);
                }

                break;
        }
    }

    private static void PruneObject(StructuralSchema schema, JsonObject map, string path, ICollection<string> unknown, string[] alsoKnown)
    {
        if (!schema.PreserveUnknownFields && !schema.AnyAdditionalProperty && schema.AdditionalProperties is null)
        {
            RemoveUnknown(map, name => schema.Properties.ContainsKey(name) || alsoKnown.Contains(name), path, unknown);
        }

        foreach ((var name, var value) in map)
        {
            if (!alsoKnown.Contains(name))
            {
                PruneValue(schema.Field(name), value, Join(path, name), unknown);
            }
        }
    }

    private static void RemoveUnknown(JsonObject map, Predicate<string> known, string path, ICollection<string> unknown)
    {
        foreach (var name in map.Select(pair => pair.Key).Where(name => !known(name)).ToArray())
        {
            map.Remove(name);
            unknown.Add(Join(path, name));
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
