namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>A CEL expression that cannot be parsed, or that failed while it was evaluated.</summary>
internal sealed class CelException(string message) : Exception(message);
