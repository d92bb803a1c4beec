using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Addons;

/// <summary>The columns of <c>kubectl get</c>: those of -o wide have priority 1.</summary>
internal static class CustomResourceDefinitionColumns
{
    public static JsonArray Render(AddonKind kind, CustomResourceDefinitionNames names)
    {
        var columns = names == CustomResourceDefinitionNames.Reference ? Reference(kind) : Product(kind);
        return new([.. columns.Select(column => column.Render())]);
    }

    private static IEnumerable<Column> Product(AddonKind kind) =>
    [
        new("Ready", "Whether the add-on and its connection Secret are there.", Ready("status")),
        new("Reason", "Why, in one word.", Ready("reason")),
        .. kind.InstanceFields.Append("version").Where(field => field != "version" || kind.TakesVersion)
            .Select(field => new Column(Capital(field), $"The add-on's {field}.", $".status.{field}")),
        .. kind.StatusFromEnvironment.Select(StatusColumn),
        new("Addon", "Id of the add-on.", ".status.addon", Wide: true),
        new("Organisation", "Organisation of the add-on.", ".status.organisation", Wide: true),
        new("Secret", "Name of the connection Secret.", ".status.secret", Wide: true),
        new("On-Deletion", "What a deletion would do to the add-on.", ".status.onDeletion", Wide: true),
        new("Message", "Why, in a sentence.", Ready("message"), Wide: true),
        new("Age", "Time since the resource was created.", ".metadata.creationTimestamp", "date"),
    ];

    // The reference operator's columns stay in their places, for scripts that count them; ours follow.
    private static IEnumerable<Column> Reference(AddonKind kind) =>
    [
        new("organisation", "Organisation asked for.", ".spec.organisation"),
        new("addon", "Id of the add-on.", ".status.addon"),
        .. kind.InstanceFields.Reverse().Select(field =>
            new Column(field == "plan" ? "instance" : field, $"The {field} asked for.", $".spec.instance.{field}")),
        .. kind.Options.Select(OptionColumn),
        .. kind.StatusFromEnvironment.Select(StatusColumn),
        new("ready", "Whether the add-on and its connection Secret are there.", Ready("status")),
        new("reason", "Why, in one word.", Ready("reason")),
        new("on-deletion", "What a deletion would do to the add-on.", ".status.onDeletion", Wide: true),
        new("age", "Time since the resource was created.", ".metadata.creationTimestamp", "date"),
    ];

    private static Column OptionColumn(AddonOption option) => new(
        option.Name == "encryption" ? "encrypted" : option.Name,
        option.Description,
        $".spec.options.{option.Name}",
        option.Type == AddonOptionType.Flag ? "boolean" : "string");

    private static Column StatusColumn(StatusField field) => new(field.Name, field.Description, $".status.{field.Name}");

    private static string Ready(string field) => $".status.conditions[?(@.type==\"Ready\")].{field}";

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private sealed record Column(string Name, string Description, string JsonPath, string Type = "string", bool Wide = false)
    {
        public JsonObject Render()
        {
            var column = new JsonObject { ["name"] = Name, ["type"] = Type, ["jsonPath"] = JsonPath, ["description"] = Description };
            if (Wide)
            {
                column["priority"] = 1;
            }

            return column;
        }
    }
}
