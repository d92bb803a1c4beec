using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>One entry of x-kubernetes-validations.</summary>
internal sealed record ValidationRule(string Rule)
{
    /// <summary>Reads an entry; throws <see cref="CelException"/> when its expression cannot be parsed.</summary>
    public static ValidationRule Parse(JsonObject source) => new((string?)source["rule"] ?? "");
}
