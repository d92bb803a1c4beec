using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>The record of who set which field.</summary>
internal static class ManagedFields
{
    /// <summary>Writes <c>after.metadata.managedFields</c> for a create, update or patch by the manager.</summary>
    public static void RecordUpdate(
        JsonObject? before, JsonObject after, string manager, string apiVersion, string? subresource, DateTimeOffset now, StructuralSchema? schema = null) =>
        throw new NotSupportedException();
}
