using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>Who applies, how, and by which schema; a built-in kind has no schema here.</summary>
internal sealed record ApplyRequest(
    string Manager, bool Force, string ApiVersion, string? Subresource, DateTimeOffset Now, StructuralSchema? Schema);
