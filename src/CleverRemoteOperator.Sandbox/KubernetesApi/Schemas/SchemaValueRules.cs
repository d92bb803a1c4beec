using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>Checks what a schema in a definition carries as text: patterns, defaults and CEL rules.</summary>
internal static class SchemaValueRules
{
    private static readonly string[] Reasons = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];

    public static void Validate(JsonObject schema, string path, List<FieldError> errors)
    {
        Pattern(schema, path, errors);
        var rules = schema["x-kubernetes-validations"] as JsonArray ?? [];
        var before = errors.Count;
        for (var i = 0; i < rules.Count; i++)
        {
            Rule(rules[i] as JsonObject ?? [], $"{path}.x-kubernetes-validations[{i}]", errors);
        }

        if (schema.TryGetPropertyValue("default", out var value) && errors.Count == before)
        {
            Default(schema, value, $"{path}.default", errors);
        }
    }

    public static void Pattern(JsonObject schema, string path, List<FieldError> errors)
    {
        var pattern = CustomResourceDefinitionRules.Text(schema, "pattern");
        try
        {
            ScalarValidation.Compile(pattern);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            errors.Add(FieldError.Invalid($"{path}.pattern", JsonWords.Quote(pattern), $"must be a valid regular expression, but isn't: {exception.Message}"));
        }
    }

    private static void Default(JsonObject schema, JsonNode? value, string path, List<FieldError> errors)
    {
        StructuralSchema structural;
        try
        {
            structural = StructuralSchema.Parse(schema);
        }
        catch (CelException)
        {
            // A rule below cannot be parsed; it is reported where it stands.
            return;
        }

        if (value is JsonObject map)
        {
            List<string> unknown = [];
            structural.Prune(map.DeepClone().AsObject(), unknown);
            if (unknown.Count > 0)
            {
                errors.Add(FieldError.Invalid(path, JsonWords.Compact(value), "must not have unknown fields"));
            }
        }

        SchemaValidation.Validate(structural, value, default, path, errors);
    }

    private static void Rule(JsonObject rule, string path, List<FieldError> errors)
    {
        var text = CustomResourceDefinitionRules.Text(rule, "rule");
        var shown = Shown(rule);
        if (text.Trim().Length == 0)
        {
            errors.Add(FieldError.Required($"{path}.rule", "rule is not specified"));
            return;
        }

        Compile(() => ValidationRule.Parse(new JsonObject { ["rule"] = text }), $"{path}.rule", shown, "compilation failed: ", errors);
        if (CustomResourceDefinitionRules.Text(rule, "messageExpression") is { Length: > 0 } message)
        {
            Compile(() => ValidationRule.ParseMessage(message), $"{path}.messageExpression", shown, "messageExpression compilation failed: ", errors);
        }

        if (CustomResourceDefinitionRules.Text(rule, "reason") is { Length: > 0 } reason && !Reasons.Contains(reason))
        {
            errors.Add(FieldError.NotSupported($"{path}.reason", JsonWords.Quote(reason), Reasons));
        }

        var plain = CustomResourceDefinitionRules.Text(rule, "message");
        if (plain.Contains('\n', StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid($"{path}.message", JsonWords.Quote(plain), "must not contain line breaks"));
        }
        else if (plain.Length == 0 && text.Trim().Contains('\n', StringComparison.Ordinal))
        {
            errors.Add(FieldError.Required($"{path}.message", "message must be specified if rule contains line breaks"));
        }
    }

    private static void Compile(Func<object> compile, string path, string shown, string prefix, List<FieldError> errors)
    {
        try
        {
            compile();
        }
        catch (CelException exception)
        {
            errors.Add(FieldError.Invalid(path, shown, prefix + exception.Message));
        }
    }

    private static string Shown(JsonObject rule)
    {
        string Field(string name) => JsonWords.Quote(CustomResourceDefinitionRules.Text(rule, name));
        var reason = rule["reason"] is null ? "null" : Field("reason");
        return $"{{\"Rule\":{Field("rule")},\"Message\":{Field("message")},\"MessageExpression\":{Field("messageExpression")},\"Reason\":{reason},\"FieldPath\":{Field("fieldPath")},\"OptionalOldSelf\":null}}";
    }
}
