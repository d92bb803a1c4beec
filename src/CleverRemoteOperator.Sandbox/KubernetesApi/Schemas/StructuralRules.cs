using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>What makes a schema structural: a type everywhere, and none of the constructs that forbid pruning and defaulting.</summary>
internal static class StructuralRules
{
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];
    private static readonly string[] Unsupported = ["$ref", "definitions", "dependencies", "patternProperties", "deprecated", "discriminator", "id"];
    private static readonly string[] Combinations = ["allOf", "anyOf", "oneOf"];

    private static readonly string[] OnlyOutsideCombinations =
        ["default", "description", "title", "type", "nullable", "additionalProperties", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string"];

    public static void ValidateRoot(JsonObject schema, string path, List<FieldError> errors)
    {
        var type = Text(schema, "type");
        if (type.Length == 0)
        {
            errors.Add(FieldError.Required($"{path}.type", "must not be empty at the root"));
        }
        else if (type != "object")
        {
            errors.Add(FieldError.Invalid($"{path}.type", JsonWords.Quote(type), "must be object at the root"));
        }

        if (schema["properties"]?["metadata"] is JsonObject metadata
            && (metadata["properties"] as JsonObject ?? []).Any(pair => pair.Key is not ("name" or "generateName")))
        {
            errors.Add(FieldError.Forbidden($"{path}.properties[metadata]", "must not specify anything other than name and generateName, but metadata is implicitly specified"));
        }

        foreach (var field in new[] { "apiVersion", "kind" })
        {
            if (schema["properties"]?[field] is JsonObject typeField && Text(typeField, "type") != "string")
            {
                errors.Add(FieldError.Invalid($"{path}.properties[{field}].type", JsonWords.Quote(Text(typeField, "type")), "must be string"));
            }
        }

        Validate(schema, path, isRoot: true, errors);
    }

    private static void Validate(JsonObject schema, string path, bool isRoot, List<FieldError> errors)
    {
        var type = Text(schema, "type");
        var free = Flag(schema, "x-kubernetes-int-or-string") || Flag(schema, "x-kubernetes-preserve-unknown-fields");
        if (type.Length == 0 && !free && !isRoot)
        {
            errors.Add(FieldError.Required($"{path}.type", path.EndsWith("items", StringComparison.Ordinal)
                ? "must not be empty for specified array items"
                : "must not be empty for specified object fields"));
        }
        else if (type.Length > 0 && !Types.Contains(type))
        {
            errors.Add(FieldError.NotSupported($"{path}.type", JsonWords.Quote(type), Types));
        }

        errors.AddRange(Unsupported.Where(schema.ContainsKey).Select(word => FieldError.Forbidden($"{path}.{word}", $"{word} is not supported")));
        if (Flag(schema, "uniqueItems"))
        {
            errors.Add(FieldError.Forbidden($"{path}.uniqueItems", "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
        }

        if (type == "array" && schema["items"] is not JsonObject)
        {
            errors.Add(FieldError.Required($"{path}.items", "must be specified"));
        }

        if (schema["additionalProperties"] is not null && schema["properties"] is JsonObject { Count: > 0 })
        {
            errors.Add(FieldError.Forbidden($"{path}.additionalProperties", "additionalProperties and properties are mutual exclusive"));
        }

        if (schema["x-kubernetes-preserve-unknown-fields"] is not null && !Flag(schema, "x-kubernetes-preserve-unknown-fields"))
        {
            errors.Add(FieldError.Invalid($"{path}.x-kubernetes-preserve-unknown-fields", "false", "must be true or undefined"));
        }

        if (Flag(schema, "x-kubernetes-embedded-resource") && !free && schema["properties"] is not JsonObject { Count: > 0 })
        {
            errors.Add(FieldError.Required($"{path}.properties", "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"));
        }

        ListTypeRules.Validate(schema, path, errors);
        SchemaValueRules.Validate(schema, path, errors);
        foreach (var word in Combinations)
        {
            var alternatives = schema[word] as JsonArray ?? [];
            for (var i = 0; i < alternatives.Count; i++)
            {
                // anyOf int and string spells out what x-kubernetes-int-or-string means, and may stay.
                if (alternatives[i] is JsonObject alternative && !Flag(schema, "x-kubernetes-int-or-string"))
                {
                    Combination(alternative, $"{path}.{word}[{i}]", errors);
                }
            }
        }

        if (schema["not"] is JsonObject not)
        {
            Combination(not, $"{path}.not", errors);
        }

        Children(schema, path, (child, place) => Validate(child, place, isRoot: false, errors));
    }

    private static void Combination(JsonObject schema, string path, List<FieldError> errors)
    {
        errors.AddRange(OnlyOutsideCombinations.Where(schema.ContainsKey).Select(word =>
            FieldError.Forbidden($"{path}.{word}", word is "default" or "additionalProperties" ? "must be undefined to be structural" : word is "description" or "title" or "type" ? "must be empty to be structural" : "must be false to be structural")));
        SchemaValueRules.Pattern(schema, path, errors);
        Children(schema, path, (child, place) => Combination(child, place, errors));
    }

    private static void Children(JsonObject schema, string path, Action<JsonObject, string> visit)
    {
        foreach ((var name, var property) in schema["properties"] as JsonObject ?? [])
        {
            if (property is JsonObject child)
            {
                visit(child, $"{path}.properties[{name}]");
            }
        }

        foreach (var word in new[] { "items", "additionalProperties" })
        {
            if (schema[word] is JsonObject child)
            {
                visit(child, $"{path}.{word}");
            }
        }
    }

    private static string Text(JsonObject from, string name) => CustomResourceDefinitionRules.Text(from, name);

    private static bool Flag(JsonObject from, string name) => CustomResourceDefinitionRules.Flag(from, name);
}
