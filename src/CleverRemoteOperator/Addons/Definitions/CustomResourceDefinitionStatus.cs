using System.Text.Json.Nodes;

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
        ("credentialSource", "Where the credentials come from that serve this resource."),
        ("reconcileRequestedAt", "The value of the annotation reconcile-requested-at that was last answered."),
        ("onDeletion", "What a deletion of this resource would do to the add-on: Delete, Retain or Wait."),
    ];

    public static JsonObject Schema(AddonKind kind)
    {
        var properties = new JsonObject();
        foreach (var (name, description) in Fields.Concat(kind.StatusFromEnvironment.Select(field => (field.Name, field.Description))))
        {
            properties[name] = new JsonObject { ["description"] = description, ["type"] = "string", ["nullable"] = true };
        }

        if (!kind.HasOneLayout)
        {
            properties["applied"] = new JsonObject
            {
                ["description"] = "What the spec asked for when the add-on was last as asked.",
                ["type"] = "object",
                ["nullable"] = true,
                ["properties"] = new JsonObject
                {
                    ["plan"] = Text("The plan, as the spec wrote it.", 128),
                    ["region"] = Text("The region, as the spec wrote it.", 128),
                    ["version"] = Text("The version, as the spec wrote it.", 128),
                },
            };
        }

        if (kind.Migrates || kind.UpdatesVersion)
        {
            properties["migration"] = Migration();
        }

        properties["observedGeneration"] = Number("Generation of the spec this status speaks of.");
        properties["conditions"] = new JsonObject
        {
            ["description"] = "What is true of the resource: Ready is the summary.",
            ["type"] = "array",
            ["x-kubernetes-list-type"] = "map",
            ["x-kubernetes-list-map-keys"] = new JsonArray("type"),
            ["items"] = Condition(),
        };
        return new()
        {
            ["description"] = "What is there. Written by the operator only.",
            ["type"] = "object",
            ["nullable"] = true,
            ["properties"] = properties,
        };
    }

    private static JsonObject Migration() => new()
    {
        ["description"] = "The last change of plan, region or version: what was asked for, and how far it is.",
        ["type"] = "object",
        ["nullable"] = true,
        ["properties"] = new JsonObject(
        [
            KeyValuePair.Create("id", (JsonNode?)Text("Id at Clever Cloud (migration_…).", 128)),
            KeyValuePair.Create("status", (JsonNode?)Text("REQUESTED, RUNNING, OK, FAILED, ABORTED, RECOVERING, RECOVERED; REFUSED by Clever Cloud; UPDATING in its place.", 128)),
            KeyValuePair.Create("step", (JsonNode?)Text("The step it is at, or ended at.", 128)),
            KeyValuePair.Create("since", (JsonNode?)new JsonObject { ["description"] = "When it was asked for.", ["type"] = "string", ["format"] = "date-time" }),
            KeyValuePair.Create("plan", (JsonNode?)Text("The plan asked for.", 128)),
            KeyValuePair.Create("region", (JsonNode?)Text("The region asked for.", 128)),
            KeyValuePair.Create("version", (JsonNode?)Text("The version asked for.", 128)),
            KeyValuePair.Create("follows", (JsonNode?)Text("Id of the migration before it.", 128)),
        ]),
    };

    private static JsonObject Condition() => new()
    {
        ["description"] = "One condition.",
        ["type"] = "object",
        ["required"] = new JsonArray("lastTransitionTime", "message", "reason", "status", "type"),
        ["properties"] = new JsonObject
        {
            ["type"] = Text("What it is about.", 316),
            ["status"] = new JsonObject
            {
                ["description"] = "Whether it is so.",
                ["type"] = "string",
                ["enum"] = new JsonArray("True", "False", "Unknown"),
            },
            ["reason"] = Text("Why, in one word.", 1024),
            ["message"] = Text("Why, in a sentence, and what to do.", 32768),
            ["lastTransitionTime"] = new JsonObject
            {
                ["description"] = "When status changed last.",
                ["type"] = "string",
                ["format"] = "date-time",
            },
            ["observedGeneration"] = Number("Generation of the spec this condition speaks of."),
        },
    };

    private static JsonObject Text(string description, int maxLength) => new()
    {
        ["description"] = description,
        ["type"] = "string",
        ["maxLength"] = maxLength,
    };

    private static JsonObject Number(string description) => new()
    {
        ["description"] = description,
        ["type"] = "integer",
        ["format"] = "int64",
        ["minimum"] = 0,
    };
}
