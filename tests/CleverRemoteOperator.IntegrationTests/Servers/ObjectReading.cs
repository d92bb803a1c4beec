using System.Text;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>What tests look at in objects of Kubernetes; an object that is not there has none of it.</summary>
internal static class ObjectReading
{
    /// <summary>A field of the condition of that type, such as <c>status</c> or <c>reason</c>.</summary>
    public static string? Condition(this JsonObject? resource, string type, string field) =>
        (string?)(resource?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(condition => (string?)condition!["type"] == type)?[field];

    /// <summary>Whether the operator says Ready of the resource as it is now.</summary>
    public static bool IsReady(this JsonObject? resource) =>
        resource.Condition("Ready", "status") == "True" && (long?)resource?["status"]?["observedGeneration"] == (long?)resource?["metadata"]?["generation"];

    /// <summary>Whether Ready is not true for this reason.</summary>
    public static bool IsHeldBy(this JsonObject? resource, string reason) =>
        resource.Condition("Ready", "status") is "False" or "Unknown" && resource.Condition("Ready", "reason") == reason;

    public static string? StatusField(this JsonObject? resource, string field) => (string?)resource?["status"]?[field];

    /// <summary>The decoded data of a Secret.</summary>
    public static IReadOnlyDictionary<string, string> Data(this JsonObject? secret) =>
        (secret?["data"] as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(Convert.FromBase64String((string)pair.Value!)));
}
