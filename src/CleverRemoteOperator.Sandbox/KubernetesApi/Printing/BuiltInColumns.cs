using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Printing;

/// <summary>The columns that a full API server prints for the built-in kinds.</summary>
internal static class BuiltInColumns
{
    private static readonly Column CreatedAt =
        new("Created At", "date", "When the object was created.", (item, _) => item["metadata"]?["creationTimestamp"]?.DeepClone());

    private static readonly Dictionary<string, IReadOnlyList<Column>> ByKind = new()
    {
        ["Namespace"] = [Column.NameOf, Text("Status", "Phase of the namespace.", item => item["status"]?["phase"]), Column.Age],
        ["Secret"] =
        [
            Column.NameOf, Text("Type", "What the secret is for.", item => item["type"]), Number("Data", "Number of keys.", Count("data")), Column.Age,
        ],
        ["ConfigMap"] = [Column.NameOf, Number("Data", "Number of keys.", Count("data", "binaryData")) with { Type = "string" }, Column.Age],
        ["ServiceAccount"] = [Column.NameOf, Number("Secrets", "Number of secrets.", Count("secrets")) with { Type = "string" }, Column.Age],
        ["Lease"] = [Column.NameOf, Text("Holder", "Who holds the lease.", item => item["spec"]?["holderIdentity"]), Column.Age],
        ["CustomResourceDefinition"] = [Column.NameOf, CreatedAt],
        ["Event"] =
        [
            new Column("Last Seen", "string", "Time since it happened last.", (item, now) => LastSeen(item, now) ?? "<unknown>"),
            Text("Type", "Normal or Warning.", item => item["type"]),
            Text("Reason", "Why it happened, in one word.", item => item["reason"]),
            Text("Object", "What it is about.", Target),
            Text("Subobject", "The part of the object.", item => Involved(item)?["fieldPath"]) with { Priority = 1 },
            Text("Source", "Who reported it.", Source) with { Priority = 1 },
            Text("Message", "What happened.", item => (item["message"] ?? item["note"])?.ToString().Trim()),
            new Column("First Seen", "string", "Time since it happened first.", (item, now) => FirstSeen(item, now) ?? "<unknown>", Priority: 1),
            Number("Count", "How often it happened.", item => (int?)(item["series"]?["count"] ?? item["count"] ?? item["deprecatedCount"]) ?? 1) with { Priority = 1 },
            Column.NameOf with { Priority = 1 },
        ],
    };

    public static IReadOnlyList<Column>? Find(string kind) => ByKind.GetValueOrDefault(kind);

    private static Column Text(string name, string description, Func<JsonObject, JsonNode?> read) =>
        new(name, "string", description, (item, _) => read(item)?.ToString() ?? "");

    private static Column Number(string name, string description, Func<JsonObject, int> read) =>
        new(name, "integer", description, (item, _) => read(item));

    private static Func<JsonObject, int> Count(params string[] fields) => item => fields.Sum(field => item[field] switch
    {
        JsonObject map => map.Count,
        JsonArray list => list.Count,
        _ => 0,
    });

    private static JsonNode? Involved(JsonObject item) => item["involvedObject"] ?? item["regarding"];

    private static JsonNode? Target(JsonObject item) => (string?)Involved(item)?["kind"] is { Length: > 0 } kind
        ? $"{kind.ToLowerInvariant()}/{Involved(item)?["name"]}"
        : Involved(item)?["name"];

    private static JsonNode? Source(JsonObject item)
    {
        var source = item["source"] ?? item["deprecatedSource"];
        var component = (string?)source?["component"] ?? (string?)(item["reportingComponent"] ?? item["reportingController"]);
        var host = (string?)source?["host"] ?? (string?)item["reportingInstance"];
        return string.IsNullOrEmpty(host) ? component : $"{component}, {host}";
    }

    private static string? FirstSeen(JsonObject item, DateTimeOffset now) =>
        Column.Since(item["firstTimestamp"] ?? item["deprecatedFirstTimestamp"] ?? item["eventTime"], now);

    private static string? LastSeen(JsonObject item, DateTimeOffset now) =>
        Column.Since(item["series"]?["lastObservedTime"] ?? item["lastTimestamp"] ?? item["deprecatedLastTimestamp"], now) ?? FirstSeen(item, now);
}
