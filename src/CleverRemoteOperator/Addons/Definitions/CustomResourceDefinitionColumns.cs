using k8s.Models;

namespace CleverRemoteOperator.Addons.Definitions;

/// <summary>The columns of <c>kubectl get</c>: those of -o wide have priority 1.</summary>
internal static class CustomResourceDefinitionColumns
{
    public static IEnumerable<V1CustomResourceColumnDefinition> Render(AddonKind kind, CustomResourceDefinitionNames names) =>
        names == CustomResourceDefinitionNames.Reference ? Reference(kind) : Product(kind);

    private static IEnumerable<V1CustomResourceColumnDefinition> Product(AddonKind kind) =>
    [
        Column("Ready", "Whether the add-on and its connection Secret are there.", Ready("status")),
        Column("Reason", "Why, in one word.", Ready("reason")),
        .. kind.InstanceFields.Append("version").Where(field => field != "version" || kind.TakesVersion)
            .Select(field => Column(Capital(field), $"The add-on's {field}.", $".status.{field}")),
        .. kind.StatusFromEnvironment.Select(StatusColumn),
        Column("Addon", "Id of the add-on.", ".status.addon", wide: true),
        Column("Organisation", "Organisation of the add-on.", ".status.organisation", wide: true),
        Column("Secret", "Name of the connection Secret.", ".status.secret", wide: true),
        Column("On-Deletion", "What a deletion would do to the add-on.", ".status.onDeletion", wide: true),
        Column("Message", "Why, in a sentence.", Ready("message"), wide: true),
        Column("Age", "Time since the resource was created.", ".metadata.creationTimestamp", "date"),
    ];

    // The reference operator's columns stay in their places, for scripts that count them; ours follow.
    private static IEnumerable<V1CustomResourceColumnDefinition> Reference(AddonKind kind) =>
    [
        Column("organisation", "Organisation asked for.", ".spec.organisation"),
        Column("addon", "Id of the add-on.", ".status.addon"),
        .. kind.InstanceFields.Reverse().Select(field =>
            Column(field == "plan" ? "instance" : field, $"The {field} asked for.", $".spec.instance.{field}")),
        .. kind.Options.Select(OptionColumn),
        .. kind.StatusFromEnvironment.Select(StatusColumn),
        Column("ready", "Whether the add-on and its connection Secret are there.", Ready("status")),
        Column("reason", "Why, in one word.", Ready("reason")),
        Column("on-deletion", "What a deletion would do to the add-on.", ".status.onDeletion", wide: true),
        Column("age", "Time since the resource was created.", ".metadata.creationTimestamp", "date"),
    ];

    private static V1CustomResourceColumnDefinition OptionColumn(AddonOption option) => Column(
        option.Name == "encryption" ? "encrypted" : option.Name,
        option.Description,
        $".spec.options.{option.Name}",
        option.Type == AddonOptionType.Flag ? "boolean" : "string");

    private static V1CustomResourceColumnDefinition StatusColumn(StatusField field) => Column(field.Name, field.Description, $".status.{field.Name}");

    private static string Ready(string field) => $".status.conditions[?(@.type==\"Ready\")].{field}";

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static V1CustomResourceColumnDefinition Column(string name, string description, string jsonPath, string type = "string", bool wide = false) =>
        new() { Name = name, Description = description, JsonPath = jsonPath, Type = type, Priority = wide ? 1 : null };
}
