using System.Globalization;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Printing;

/// <summary>One column of a table: its definition, and its cell for an object at a time.</summary>
internal sealed record Column(string Name, string Type, string Description, Func<JsonObject, DateTimeOffset, JsonNode?> Cell, string Format = "", int Priority = 0)
{
    public JsonObject Definition() => new()
    {
        ["name"] = Name,
        ["type"] = Type,
        ["format"] = Format,
        ["description"] = Description,
        ["priority"] = Priority,
    };

    public static Column NameOf { get; } =
        new("Name", "string", "Name of the object, unique within its namespace.", (item, _) => item["metadata"]?["name"]?.DeepClone(), "name");

    /// <summary>The time since creation.</summary>
    public static Column Age { get; } =
        new("Age", "string", "Time since the object was created.", (item, now) => Since(item["metadata"]?["creationTimestamp"], now) ?? "<unknown>");

    /// <summary>The age of an RFC 3339 time; null when there is none, <c>&lt;invalid&gt;</c> when it cannot be read.</summary>
    public static string? Since(JsonNode? time, DateTimeOffset now)
    {
        if (time is null)
        {
            return null;
        }

        return DateTimeOffset.TryParse(time.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var then)
            ? HumanDuration.Format(now - then)
            : "<invalid>";
    }
}
