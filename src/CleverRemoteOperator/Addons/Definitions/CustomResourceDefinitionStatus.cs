using k8s.Models;

namespace CleverRemoteOperator.Addons.Definitions;

/// <summary>The schema of <c>status</c>. Texts may be null: the reference operator stores absent ones so.</summary>
internal static class CustomResourceDefinitionStatus
{
    /// <summary>Status fields every kind has, with what they say.</summary>
    public static IReadOnlyList<(string Name, string Description)> Fields { get; } =
    [
        ("addon", "Id of the add-on (addon_…)."),
        ("addonRealId", "Id of the add-on at its provider (postgresql_…)."),
        ("organisation", "Organisation or account the add-on belongs to."),
        ("account", "Account whose credentials serve this resource (user_…)."),
        ("plan", "Plan of the add-on."),
        ("region", "Region of the add-on."),
        ("version", "Version of the add-on."),
        ("secret", "Name of the connection Secret."),
        ("restartedFor", "Checksum of the content for which what reads the connection Secret was last restarted, or which it began with."),
        ("credentialSource", "Where the credentials come from that serve this resource."),
        ("reconcileRequestedAt", "The value of the annotation reconcile-requested-at that was last answered."),
        ("adoptedName", "Name the add-on had before this resource took it over."),
        ("onDeletion", "What a deletion of this resource would do to the add-on: Delete, Retain or Wait."),
    ];

    public static V1JSONSchemaProps Schema(AddonKind kind)
    {
        var properties = Fields.Concat(kind.StatusFromEnvironment.Select(field => (field.Name, field.Description)))
            .ToDictionary(field => field.Name, field => new V1JSONSchemaProps { Description = field.Description, Type = "string", Nullable = true });
        if (!kind.HasOneLayout)
        {
            properties["applied"] = Object(
                "What the spec asked for when the add-on was last as asked.",
                ("plan", Text("The plan, as the spec wrote it.", 128)),
                ("region", Text("The region, as the spec wrote it.", 128)),
                ("version", Text("The version, as the spec wrote it.", 128)));
        }

        if (kind.Migrates || kind.UpdatesVersion)
        {
            properties["migration"] = Object(
                "The last change of plan, region or version: what was asked for, and how far it is.",
                ("id", Text("Id at Clever Cloud (migration_…).", 128)),
                ("status", Text("REQUESTED, RUNNING, OK, FAILED, ABORTED, RECOVERING, RECOVERED; REFUSED by Clever Cloud; UPDATING in its place.", 128)),
                ("step", Text("The step it is at, or ended at.", 128)),
                ("since", new() { Description = "When it was asked for.", Type = "string", Format = "date-time" }),
                ("plan", Text("The plan asked for.", 128)),
                ("region", Text("The region asked for.", 128)),
                ("version", Text("The version asked for.", 128)),
                ("follows", Text("Id of the migration before it.", 128)));
        }

        properties["binding"] = Object(
            "Where a Service Binding implementation finds how to reach the add-on.", ("name", Text("Name of the connection Secret.", 253)));
        properties["observedGeneration"] = Number("Generation of the spec this status speaks of.");
        properties["conditions"] = new()
        {
            Description = "What is true of the resource: Ready is the summary.",
            Type = "array",
            XKubernetesListType = "map",
            XKubernetesListMapKeys = ["type"],
            Items = Condition(),
        };
        return new()
        {
            Description = "What is there. Written by the operator only.",
            Type = "object",
            Nullable = true,
            Properties = properties,
        };
    }

    private static V1JSONSchemaProps Object(string description, params (string Name, V1JSONSchemaProps Schema)[] fields) => new()
    {
        Description = description,
        Type = "object",
        Nullable = true,
        Properties = fields.ToDictionary(field => field.Name, field => field.Schema),
    };

    private static V1JSONSchemaProps Condition() => new()
    {
        Description = "One condition.",
        Type = "object",
        Required = ["lastTransitionTime", "message", "reason", "status", "type"],
        Properties = new Dictionary<string, V1JSONSchemaProps>
        {
            ["type"] = Text("What it is about.", 316),
            ["status"] = new() { Description = "Whether it is so.", Type = "string", EnumProperty = ["True", "False", "Unknown"] },
            ["reason"] = Text("Why, in one word.", 1024),
            ["message"] = Text("Why, in a sentence, and what to do.", 32768),
            ["lastTransitionTime"] = new() { Description = "When status changed last.", Type = "string", Format = "date-time" },
            ["observedGeneration"] = Number("Generation of the spec this condition speaks of."),
        },
    };

    private static V1JSONSchemaProps Text(string description, int maxLength) => new() { Description = description, Type = "string", MaxLength = maxLength };

    private static V1JSONSchemaProps Number(string description) => new() { Description = description, Type = "integer", Format = "int64", Minimum = 0 };
}
