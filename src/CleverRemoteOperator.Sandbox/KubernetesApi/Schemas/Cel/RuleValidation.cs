using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>Checks the x-kubernetes-validations of a schema against a value.</summary>
internal static class RuleValidation
{
    public static void Validate(StructuralSchema schema, JsonNode? value, OldValue old, string path, List<FieldError> errors)
    {
        List<FieldError> failures = [];
        Visit(schema, value, old, path, errors, failures);
        errors.AddRange(failures);
    }

    private static void Visit(StructuralSchema schema, JsonNode? value, OldValue old, string path, List<FieldError> errors, List<FieldError> failures)
    {
        if (!schema.HasRules || value is null)
        {
            return;
        }

        Check(schema, value, old, path, errors, failures);
        switch (value)
        {
            case JsonArray list when schema.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    Visit(items, list[i], old.Item(schema, list[i]), $"{path}[{i}]", errors, failures);
                }

                break;
            case JsonObject map:
                foreach ((var name, var child) in map)
                {
                    if (schema.Properties.TryGetValue(name, out var property))
                    {
                        Visit(property, child, old.Field(name), path.Length == 0 ? name : $"{path}.{name}", errors, failures);
                    }
                    else if (schema.AdditionalProperties is { } additional)
                    {
                        Visit(additional, child, old.Field(name), $"{path}[{name}]", errors, failures);
                    }
                }

                break;
        }
    }

    private static void Check(StructuralSchema schema, JsonNode value, OldValue old, string path, List<FieldError> errors, List<FieldError> failures)
    {
        // An unchanged value is let pass, as everywhere in an update.
        if (schema.Rules.Count == 0 || old.SameAs(value))
        {
            return;
        }

        var self = CelValues.From(value, schema);
        var oldSelf = CelValues.From(old.Value, schema);
        foreach (var rule in schema.Rules.Where(rule => old.Known || !rule.IsTransition))
        {
            var place = (path + rule.FieldPath) is { Length: > 0 } full ? full.TrimStart('.') : "<nil>";
            try
            {
                if (!rule.Holds(self, oldSelf))
                {
                    errors.Add(Failed(rule, place, value, rule.Explain(self, oldSelf)));
                }
            }
            catch (CelException exception)
            {
                failures.Add(FieldError.Invalid(place, JsonWords.Quote(JsonWords.SchemaType(value)), $"{exception.Message} evaluating rule: {rule.Text}"));
            }
        }
    }

    private static FieldError Failed(ValidationRule rule, string place, JsonNode value, string message) => rule.Reason switch
    {
        "FieldValueRequired" => FieldError.Required(place, message),
        "FieldValueForbidden" => FieldError.Forbidden(place, message),
        "FieldValueDuplicate" => new FieldError(rule.Reason, place, value is JsonValue ? $"Duplicate value: {JsonWords.Compact(value)}" : "Duplicate value"),
        _ => value is JsonValue ? FieldError.Invalid(place, JsonWords.Compact(value), message) : new FieldError(rule.Reason, place, $"Invalid value: {message}"),
    };
}
