using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>What the API demands of a CustomResourceDefinition.</summary>
internal static class CustomResourceDefinitionRules
{
    public static IReadOnlyList<FieldError> Validate(JsonObject crd) => throw new NotSupportedException();
}
