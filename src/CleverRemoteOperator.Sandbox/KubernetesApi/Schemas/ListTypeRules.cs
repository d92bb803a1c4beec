using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>What the API demands of x-kubernetes-list-type, -list-map-keys and -map-type in a definition.</summary>
internal static class ListTypeRules
{
    private const string ListType = "x-kubernetes-list-type";
    private const string MapKeys = "x-kubernetes-list-map-keys";
    private const string MapType = "x-kubernetes-map-type";

    public static void Validate(JsonObject schema, string path, List<FieldError> errors)
    {
        var listType = CustomResourceDefinitionRules.Text(schema, ListType);
        var type = CustomResourceDefinitionRules.Text(schema, "type");
        var mapType = CustomResourceDefinitionRules.Text(schema, MapType);
        string[] keys = [.. (schema[MapKeys] as JsonArray ?? []).Select(key => key?.ToString() ?? "")];
        var items = schema["items"] as JsonObject ?? [];
        if (mapType is not ("" or "atomic" or "granular"))
        {
            errors.Add(FieldError.NotSupported($"{path}.{MapType}", JsonWords.Quote(mapType), ["atomic", "granular"]));
        }

        if (listType.Length > 0 && type != "array")
        {
            errors.Add(FieldError.Invalid($"{path}.type", JsonWords.Quote(type), $"must be array if {ListType} is specified"));
            return;
        }

        switch (listType)
        {
            case "" or "atomic":
                if (keys.Length > 0)
                {
                    errors.Add(FieldError.Required($"{path}.{ListType}", $"must be map if {MapKeys} is non-empty"));
                }

                break;
            case "set":
                if (CustomResourceDefinitionRules.Text(items, "type") == "object" && CustomResourceDefinitionRules.Text(items, MapType) != "atomic")
                {
                    errors.Add(FieldError.Invalid($"{path}.items.{MapType}", "null", $"must be atomic as item of a list with {ListType}=set"));
                }

                break;
            case "map":
                Map(items, keys, path, errors);
                break;
            default:
                errors.Add(FieldError.NotSupported($"{path}.{ListType}", JsonWords.Quote(listType), ["atomic", "set", "map"]));
                break;
        }
    }

    private static void Map(JsonObject items, string[] keys, string path, List<FieldError> errors)
    {
        if (keys.Length == 0)
        {
            errors.Add(FieldError.Required($"{path}.{MapKeys}", $"must not be empty if {ListType} is map"));
        }

        var type = CustomResourceDefinitionRules.Text(items, "type");
        if (type != "object")
        {
            errors.Add(FieldError.Invalid($"{path}.items.type", JsonWords.Quote(type), $"must be object if parent array's {ListType} is map"));
            return;
        }

        var properties = items["properties"] as JsonObject ?? [];
        if (keys.Any(key => !properties.ContainsKey(key)))
        {
            errors.Add(FieldError.Invalid($"{path}.{MapKeys}", JsonWords.Compact(new JsonArray([.. keys.Select(key => JsonValue.Create(key))])), "entries must all be names of item properties"));
        }

        string[] required = [.. (items["required"] as JsonArray ?? []).Select(name => name?.ToString() ?? "")];
        errors.AddRange(keys.Where(key => properties[key] is JsonObject property && !required.Contains(key) && !property.ContainsKey("default")).Select(key =>
            FieldError.Required($"{path}.items.properties[{key}].default", $"this property is in {MapKeys}, so it must have a default or be a required property")));
    }
}
