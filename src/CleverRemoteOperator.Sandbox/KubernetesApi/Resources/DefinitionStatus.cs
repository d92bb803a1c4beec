using System.Globalization;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>The conditions of a custom resource definition.</summary>
internal static class DefinitionStatus
{
    public static bool IsEstablished(JsonObject definition) => Is(definition, "Established");

    public static bool IsTerminating(JsonObject definition) => definition.Text("metadata", "deletionTimestamp") is not null;

    public static bool Is(JsonObject definition, string type) =>
        definition.Maps("status", "conditions").Any(condition => condition.Text("type") == type && condition.Text("status") == "True");

    /// <summary>Writes a condition; its time changes only with its status.</summary>
    public static void SetCondition(JsonObject definition, string type, bool holds, string reason, string message, DateTimeOffset now)
    {
        var status = definition.Ensure("status");
        if (status["conditions"] is not JsonArray conditions)
        {
            status["conditions"] = conditions = [];
        }

        var condition = conditions.OfType<JsonObject>().FirstOrDefault(candidate => candidate.Text("type") == type);
        if (condition is null)
        {
            conditions.Add(condition = new JsonObject { ["type"] = type });
        }

        var text = holds ? "True" : "False";
        if (condition.Text("status") != text)
        {
            condition["status"] = text;
            condition["lastTransitionTime"] = Timestamp(now);
        }

        condition["reason"] = reason;
        condition["message"] = message;
    }

    /// <summary>A time as the API writes it: UTC, whole seconds.</summary>
    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
