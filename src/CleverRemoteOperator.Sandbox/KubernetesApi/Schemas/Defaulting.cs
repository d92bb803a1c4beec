using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>Fills in a schema's defaults.</summary>
internal static class Defaulting
{
    public static void Apply(StructuralSchema schema, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject map:
                DropForbiddenNulls(schema, map);
                foreach ((var name, var property) in schema.Properties.Where(pair => pair.Value.HasDefault))
                {
                    if (!map.ContainsKey(name))
                    {
                        map[name] = property.Default;
                    }
                }

                foreach ((var name, var child) in map.ToArray())
                {
                    if (schema.Field(name) is { } field)
                    {
                        Apply(field, child);
                    }
                }

                break;
            case JsonArray list when schema.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is null && items is { Nullable: false, HasDefault: true })
                    {
                        list[i] = items.Default;
                    }

                    Apply(items, list[i]);
                }

                break;
        }
    }

    private static void DropForbiddenNulls(StructuralSchema schema, JsonObject map)
    {
        foreach (var name in map.Where(pair => pair.Value is null).Select(pair => pair.Key).ToArray())
        {
            if (schema.Field(name) is { Nullable: false } field)
            {
                if (schema.Properties.ContainsKey(name) && !field.HasDefault)
                {
                    map.Remove(name);
                }
                else if (field.HasDefault)
                {
                    map[name] = field.Default;
                }
            }
        }
    }
}
