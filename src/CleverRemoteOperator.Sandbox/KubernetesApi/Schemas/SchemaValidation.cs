using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>Validates a value against the OpenAPI part of a schema; parts that did not change since <c>old</c> are let pass.</summary>
internal static class SchemaValidation
{
    public static void Validate(StructuralSchema schema, JsonNode? value, OldValue old, string path, List<FieldError> errors)
    {
        if (old.SameAs(value) || (value is null && schema.Nullable))
        {
            return;
        }

        if (!TypeFits(schema, value, path, errors))
        {
            return;
        }

        Combinations(schema, value, old, path, errors);
        ScalarValidation.Validate(schema, value, path, errors);
        switch (value)
        {
            case JsonArray list:
                Items(schema, list, old, path, errors);
                break;
            case JsonObject map:
                Fields(schema, map, old, path, errors);
                break;
        }
    }

    private static bool TypeFits(StructuralSchema schema, JsonNode? value, string path, List<FieldError> errors)
    {
        var actual = JsonWords.SchemaType(value);
        var expected = schema.IntOrString ? "integer,string" : schema.Type;
        var fits = expected is null || expected == actual || (expected == "number" && actual == "integer")
            || (schema.IntOrString && actual is "integer" or "string");
        if (fits)
        {
            return true;
        }

        errors.Add(FieldError.TypeInvalid(path, JsonWords.Quote(actual), $"{path} in body must be of type {expected}: {JsonWords.Quote(actual)}"));
        if (expected == "integer" && actual == "number")
        {
            errors.Add(WholeObject($"Checked value must be of type integer (default format) in {path}"));
        }

        return false;
    }

    private static void Combinations(StructuralSchema schema, JsonNode? value, OldValue old, string path, List<FieldError> errors)
    {
        var name = JsonWords.Quote(path);
        if (schema.AnyOf.Count > 0)
        {
            var results = Try(schema.AnyOf, value, old, path);
            if (results.All(result => result.Count > 0))
            {
                errors.Add(WholeObject($"{name} must validate at least one schema (anyOf)"));
                errors.AddRange(results.MinBy(result => result.Count)!);
            }
        }

        if (schema.OneOf.Count > 0)
        {
            var results = Try(schema.OneOf, value, old, path);
            var valid = results.Count(result => result.Count == 0);
            if (valid != 1)
            {
                errors.Add(WholeObject($"{name} must validate one and only one schema (oneOf). Found {(valid == 0 ? "none valid" : $"{valid} valid alternatives")}"));
                errors.AddRange(valid == 0 ? results.MinBy(result => result.Count)! : []);
            }
        }

        List<FieldError> all = [.. Try(schema.AllOf, value, old, path).SelectMany(result => result)];
        if (all.Count > 0)
        {
            errors.AddRange(all);
            errors.Add(WholeObject($"{name} must validate all the schemas (allOf)"));
        }

        if (schema.Not is { } not && Try([not], value, default, path)[0].Count == 0)
        {
            errors.Add(WholeObject($"{name} must not validate the schema (not)"));
        }
    }

    private static List<FieldError>[] Try(IReadOnlyList<StructuralSchema> schemas, JsonNode? value, OldValue old, string path) =>
        [.. schemas.Select(schema =>
        {
            List<FieldError> errors = [];
            Validate(schema, value, old, path, errors);
            return errors;
        })];

    private static void Items(StructuralSchema schema, JsonArray list, OldValue old, string path, List<FieldError> errors)
    {
        var max = ScalarValidation.Limit(schema, "maxItems");
        var min = ScalarValidation.Limit(schema, "minItems");
        if (list.Count > max)
        {
            errors.Add(FieldError.TooMany(path, list.Count, max.Value));
        }

        if (list.Count < min)
        {
            errors.Add(FieldError.Invalid(path, $"{list.Count}", $"{path} in body should have at least {min} items"));
        }

        for (var i = 0; schema.Items is { } items && i < list.Count; i++)
        {
            Validate(items, list[i], old.Item(schema, list[i]), $"{path}[{i}]", errors);
        }
    }

    private static void Fields(StructuralSchema schema, JsonObject map, OldValue old, string path, List<FieldError> errors)
    {
        var max = ScalarValidation.Limit(schema, "maxProperties");
        var min = ScalarValidation.Limit(schema, "minProperties");
        if (map.Count > max)
        {
            errors.Add(FieldError.TooMany(path, map.Count, max.Value));
        }

        if (map.Count < min)
        {
            errors.Add(FieldError.Invalid(path, $"{map.Count}", $"{path} in body should have at least {min} properties"));
        }

        errors.AddRange(schema.Required.Where(name => !map.ContainsKey(name)).Select(name => FieldError.Required(Join(path, name))));
        foreach ((var name, var child) in map)
        {
            if (schema.Field(name) is { } field)
            {
                Validate(field, child, old.Field(name), Join(path, name), errors);
            }
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static FieldError WholeObject(string detail) => FieldError.Invalid("<nil>", "\"\"", detail);
}
