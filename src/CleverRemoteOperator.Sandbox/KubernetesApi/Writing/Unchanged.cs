using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

/// <summary>Tells writes that change nothing, which are not kept and wake no watch.</summary>
internal static class Unchanged
{
    /// <summary>Whether both are the same but for the times at which their fields were set.</summary>
    public static bool Between(JsonObject old, JsonObject next) => JsonNode.DeepEquals(WithoutTimes(old), WithoutTimes(next));

    private static JsonObject WithoutTimes(JsonObject value)
    {
        var copy = value.Copy();
        foreach (var entry in copy.Maps("metadata", "managedFields"))
        {
            entry.Remove("time");
        }

        return copy;
    }
}
