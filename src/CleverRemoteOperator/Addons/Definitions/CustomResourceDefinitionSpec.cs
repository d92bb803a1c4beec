using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Addons.Definitions;

/// <summary>The schema of <c>spec</c>: both layouts, and rules that keep to one.</summary>
internal static class CustomResourceDefinitionSpec
{
    private const string NestedUsed = "has(self.instance) || has(self.options)";

    public static JsonObject Schema(AddonKind kind) => kind.HasOneLayout
        ? new()
        {
            ["description"] = "What is asked for.",
            ["type"] = "object",
            ["required"] = new JsonArray("variables"),
            ["properties"] = Properties(kind),
        }
        : new()
        {
            ["description"] = $"What is asked for: {string.Join(", ", kind.FlatFields)} directly here (the connection Secret is named like "
                + "the resource), or under instance and options (the connection Secret's name then ends in -secrets).",
            ["type"] = "object",
            ["properties"] = Properties(kind),
            ["x-kubernetes-validations"] = Rules(kind),
        };

    private static JsonObject Properties(AddonKind kind)
    {
        var properties = new JsonObject { ["organisation"] = Organisation() };
        if (kind.WritesVariables)
        {
            properties["variables"] = Variables();
        }

        if (!kind.HasOneLayout)
        {
            AddFields(properties, kind.InstanceFields.Select(InstanceField), limited: true);
            AddFields(properties, kind.Options.Select(OptionField), limited: true);
            properties["instance"] = Section("The nested layout: " + string.Join(" and ", kind.InstanceFields) + ".", kind.InstanceFields.Select(InstanceField));
            properties["instance"]!["required"] = new JsonArray([.. kind.InstanceFields.Select(field => JsonValue.Create(field))]);
            properties["options"] = Section("The nested layout: options of the add-on.", kind.Options.Select(OptionField));
        }

        properties["deletionPolicy"] = Words(
            "What a deletion of this resource does: Delete removes the add-on with its data, Retain keeps it and the connection Secret.", "Delete", "Retain");
        properties["deletionProtection"] = new JsonObject
        {
            ["description"] = "While true, a deletion of this resource waits and its add-on stays.",
            ["type"] = "boolean",
        };
        properties["onMissing"] = Words(
            "What happens when the add-on has vanished at Clever Cloud: Report says so and creates nothing, Recreate makes an empty one, as for a cache.",
            "Report", "Recreate");
        properties["managementPolicy"] = Words(
            "How much the operator does at Clever Cloud: Full all that is asked for, NoUpdate creates and deletes but changes nothing, ObserveOnly nothing at all.",
            "Full", "NoUpdate", "ObserveOnly");
        properties["driftPolicy"] = Words(
            "What happens when plan, region or version are changed at Clever Cloud: Report says so, Correct migrates back to what the spec asks for.",
            "Report", "Correct");
        properties["ignoreDrift"] = new JsonObject
        {
            ["description"] = "Which of plan, region and version may be changed at Clever Cloud without a word.",
            ["type"] = "array",
            ["x-kubernetes-list-type"] = "set",
            ["maxItems"] = 3,
            ["items"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("plan", "region", "version") },
        };
        return properties;
    }

    private static JsonArray Rules(AddonKind kind)
    {
        var flatUsed = string.Join(" || ", kind.FlatFields.Select(field => $"has(self.{field})"));
        var fields = string.Join(", ", kind.FlatFields);
        return
        [
            (JsonNode)new JsonObject
            {
                ["rule"] = $"!({NestedUsed}) || !({flatUsed})",
                ["message"] = $"two layouts are mixed: set {fields} directly under spec, or everything under instance and options",
            },
            .. kind.InstanceFields.Select(JsonNode (field) => new JsonObject
            {
                ["rule"] = $"{NestedUsed} || has(self.{field})",
                ["message"] = InstanceField(field).Description,
                ["reason"] = "FieldValueRequired",
                ["fieldPath"] = $".{field}",
            }),
            (JsonNode)new JsonObject
            {
                ["rule"] = $"!has(self.options) || has(self.instance) || {flatUsed}",
                ["message"] = $"options belong to the nested layout, which needs instance with {string.Join(" and ", kind.InstanceFields)}",
                ["reason"] = "FieldValueRequired",
                ["fieldPath"] = ".instance",
            },
        ];
    }

    private static (string Name, string Description, AddonOptionType? Type) InstanceField(string name) => name switch
    {
        "plan" => (name, "Slug, name, id or bare size of the plan (xs_sml, plan_…, S for the cheapest of that size).", null),
        _ => (name, "Code of the region, such as par.", null),
    };

    private static (string Name, string Description, AddonOptionType? Type) OptionField(AddonOption option) =>
        (option.Name, option.Description, option.Type);

    private static JsonObject Section(string description, IEnumerable<(string Name, string Description, AddonOptionType? Type)> fields)
    {
        var properties = new JsonObject();
        AddFields(properties, fields, limited: false);
        var section = new JsonObject { ["description"] = description, ["type"] = "object" };
        if (properties.Count > 0)
        {
            section["properties"] = properties;
        }

        return section;
    }

    // Without limits where the reference operator's CRDs have none: what it stored must stay valid, or no finalizer could be removed.
    private static void AddFields(
        JsonObject properties, IEnumerable<(string Name, string Description, AddonOptionType? Type)> fields, bool limited)
    {
        foreach (var (name, description, type) in fields)
        {
            var field = type switch
            {
                AddonOptionType.Version => Version(),
                AddonOptionType.Flag => new() { ["type"] = "boolean" },
                _ when limited => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 128 },
                _ => new JsonObject { ["type"] = "string" },
            };
            field.Insert(0, "description", description);
            properties[name] = field;
        }
    }

    private static JsonObject Version() => new()
    {
        ["x-kubernetes-int-or-string"] = true,
        ["pattern"] = @"^[0-9]{1,9}(\.[0-9]{1,9}){0,3}$",
        ["minimum"] = 0,
        ["maximum"] = 999_999_999,
    };

    private static JsonObject Words(string description, params IEnumerable<string> words) => new()
    {
        ["description"] = description,
        ["type"] = "string",
        ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]),
    };

    private static JsonObject Organisation() => new()
    {
        ["description"] = "Id of the organisation the add-on belongs to (orga_…). Default: the one of the credentials, then the account itself.",
        ["type"] = "string",
    };

    private static JsonObject Variables() => new()
    {
        ["description"] = "Variables by name; values are text: put numbers, true and false in quotes. All of spec may have 64 KiB.",
        ["type"] = "object",
        ["additionalProperties"] = new JsonObject { ["type"] = "string" },
    };
}
