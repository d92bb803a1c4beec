using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>
/// Who applies, how, and by which schema; a built-in kind has no schema here.
/// Where status is a subresource, a status applied to the main endpoint is ignored.
/// </summary>
internal sealed record ApplyRequest(
    string Manager, bool Force, string ApiVersion, string? Subresource, DateTimeOffset Now, StructuralSchema? Schema, bool HasStatusSubresource = false);
