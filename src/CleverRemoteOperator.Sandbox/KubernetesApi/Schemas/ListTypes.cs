using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>Checks that lists of type set and map hold no duplicates.</summary>
internal static class ListTypes
{
    public static List<FieldError> Validate(StructuralSchema schema, JsonNode? value)
    {
        List<FieldError> errors = [];
        Visit(schema, value, "", errors);
        return errors;
    }

    /// <summary>The identity of an item of a list of type map, as the API prints it.</summary>
    public static string MapKey(StructuralSchema schema, JsonNode? item)
    {
        JsonObject key = [];
        foreach (var name in schema.MapKeys)
        {
            if (item is JsonObject map && map.TryGetPropertyValue(name, out var part))
            {
                key[name] = part?.DeepClone();
            }
        }

        return JsonWords.Compact(key);
    }

    private static void Visit(StructuralSchema schema, JsonNode? value, string path, List<FieldError> errors)
    {
        switch (value)
        {
            case JsonArray list:
                Duplicates(schema, list, path, errors);
                for (var i = 0; schema.Items is { } items && i < list.Count; i++)
                {
                    Visit(items, list[i], $"{path}[{i}]", errors);
                }

                break;
            case JsonObject map:
                foreach ((var name, var child) in map)
                {
                    if (schema.Properties.TryGetValue(name, out var property))
                    {
                        Visit(property, child, path.Length == 0 ? name : $"{path}.{name}", errors);
                    }
                    else if (schema.AdditionalProperties is { } additional)
                    {
                        Visit(additional, child, $"{path}[{name}]", errors);
                    }
                }

                break;
        }
    }

    private static void Duplicates(StructuralSchema schema, JsonArray list, string path, List<FieldError> errors)
    {
        Func<JsonNode?, string>? identity = schema.ListType switch
        {
            "set" => JsonWords.Compact,
            "map" => item => MapKey(schema, item),
            _ => null,
        };
        if (identity is null)
        {
            return;
        }

        var repeated = Enumerable.Range(0, list.Count).GroupBy(i => identity(list[i])).Where(group => group.Count() > 1);
        errors.AddRange(repeated.Select(group => FieldError.Duplicate($"{path}[{group.ElementAt(1)}]", group.Key)));
    }
}
