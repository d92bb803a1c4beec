using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>Checks the x-kubernetes-validations of a schema against a value.</summary>
internal static class RuleValidation
{
    public static void Validate(StructuralSchema schema, JsonNode? value, OldValue old, string path, List<FieldError> errors) =>
        throw new NotSupportedException("CEL rules");
}
