using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>The whole validation of a custom resource: schema, list types, then CEL rules.</summary>
internal static class ResourceValidation
{
    private static readonly HashSet<string> Blocking =
        ["FieldValueNotSupported", "FieldValueRequired", "FieldValueTooLong", "FieldValueTooMany", "FieldValueTypeInvalid"];

    public static IReadOnlyList<FieldError> Validate(StructuralSchema schema, JsonObject value, JsonObject? old)
    {
        List<FieldError> errors = [];
        SchemaValidation.Validate(schema, value, OldValue.Of(old), "", errors);
        var duplicates = ListTypes.Validate(schema, value);
        if (old is null || ListTypes.Validate(schema, old).Count == 0)
        {
            errors.AddRange(duplicates);
        }

        if (!schema.HasRules)
        {
            return errors;
        }

        if (errors.Any(error => Blocking.Contains(error.Type)))
        {
            errors.Add(FieldError.Invalid("<nil>", "null",
                "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation"));
            return errors;
        }

        RuleValidation.Validate(schema, value, OldValue.Of(old), "", errors);
        return errors;
    }
}
