using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>Reads the status of a resource as the server has it.</summary>
/// <param name="status">Null when there is none.</param>
/// <param name="generation">The resource's generation now.</param>
internal sealed class ResourceStatus(JsonObject? status, long generation)
{
    /// <summary>True when it says Ready for this very generation.</summary>
    public bool IsReady => Condition(ConditionType.Ready) is { } ready && ready.Text("status") == "True"
        && ready["observedGeneration"] is JsonValue value && value.TryGetValue<long>(out var observed) && observed == generation;

    /// <summary>True when it says that nobody knows whether the condition is met.</summary>
    public bool IsUnknown(string condition) => Condition(condition).Text("status") == "Unknown";

    /// <summary>A field's text; null when it is absent, empty or no text.</summary>
    public string? Text(string field) => status.Text(field) is { Length: > 0 } text ? text : null;

    /// <summary>A condition; null when there is none.</summary>
    public JsonObject? Condition(string type) =>
        (status?["conditions"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(condition => condition.Text("type") == type);
}
