using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>Server-side apply.</summary>
internal static class ServerSideApply
{
    /// <summary>Returns the merged object with its managedFields; throws <see cref="ApplyConflictException"/> on conflicts unless forced.</summary>
    public static JsonObject Apply(JsonObject? live, JsonObject applied, ApplyRequest request) => throw new NotSupportedException();
}
