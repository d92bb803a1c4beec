using k8s.Models;

namespace CleverRemoteOperator.Addons.Definitions;

/// <summary>The schema of <c>spec</c>: both layouts, and rules that keep to one.</summary>
internal static class CustomResourceDefinitionSpec
{
    private const string NestedUsed = "has(self.instance) || has(self.options)";

    public static V1JSONSchemaProps Schema(AddonKind kind) => kind.HasOneLayout
        ? new()
        {
            Description = "What is asked for.",
            Type = "object",
            Required = ["variables"],
            Properties = Properties(kind),
        }
        : new()
        {
            Description = $"What is asked for: {string.Join(", ", kind.FlatFields)} directly here (the connection Secret is named like "
                + "the resource), or under instance and options (the connection Secret's name then ends in -secrets).",
            Type = "object",
            Properties = Properties(kind),
            XKubernetesValidations = [.. Rules(kind)],
        };

    private static Dictionary<string, V1JSONSchemaProps> Properties(AddonKind kind)
    {
        var properties = new Dictionary<string, V1JSONSchemaProps>
        {
            ["organisation"] = new()
            {
                Description = "Id of the organisation the add-on belongs to (orga_…). Default: the one of the credentials, then the account itself.",
                Type = "string",
            },
        };
        if (kind.WritesVariables)
        {
            properties["variables"] = new()
            {
                Description = "Variables by name; values are text: put numbers, true and false in quotes. All of spec may have 64 KiB.",
                Type = "object",
                AdditionalProperties = new V1JSONSchemaProps { Type = "string" },
            };
        }

        if (!kind.HasOneLayout)
        {
            AddFields(properties, kind.InstanceFields.Select(InstanceField), limited: true);
            AddFields(properties, kind.Options.Select(OptionField), limited: true);
            properties["instance"] = Section("The nested layout: " + string.Join(" and ", kind.InstanceFields) + ".", kind.InstanceFields.Select(InstanceField));
            properties["instance"].Required = [.. kind.InstanceFields];
            properties["options"] = Section("The nested layout: options of the add-on.", kind.Options.Select(OptionField));
        }

        properties["secret"] = CustomResourceDefinitionSecret.Schema();
        properties["deletionPolicy"] = Words(
            "What a deletion of this resource does: Delete removes the add-on with its data, Retain keeps it and the connection Secret.", "Delete", "Retain");
        properties["deletionProtection"] = new() { Description = "While true, a deletion of this resource waits and its add-on stays.", Type = "boolean" };
        properties["onMissing"] = Words(
            "What happens when the add-on has vanished at Clever Cloud: Report says so and creates nothing, Recreate makes an empty one, as for a cache.",
            "Report", "Recreate");
        properties["managementPolicy"] = Words(
            "How much the operator does at Clever Cloud: Full all that is asked for, NoUpdate creates and deletes but changes nothing, ObserveOnly nothing at all.",
            "Full", "NoUpdate", "ObserveOnly");
        properties["driftPolicy"] = Words(
            "What happens when plan, region or version are changed at Clever Cloud: Report says so, Correct migrates back to what the spec asks for.",
            "Report", "Correct");
        properties["adopt"] = new()
        {
            Description = "Id (addon_…), id at the provider (postgresql_…) or name of an add-on that is there: it is taken over instead of creating one.",
            Type = "string",
            MinLength = 1,
            MaxLength = Adoption.MaxLength,
        };
        properties["adoptPolicy"] = Words(
            "What happens when there is no add-on to take over: AdoptOnly (the default) says so, AdoptOrCreate creates one.", "AdoptOnly", "AdoptOrCreate");
        properties["ignoreDrift"] = new()
        {
            Description = "Which of plan, region and version may be changed at Clever Cloud without a word.",
            Type = "array",
            XKubernetesListType = "set",
            MaxItems = 3,
            Items = new V1JSONSchemaProps { Type = "string", EnumProperty = ["plan", "region", "version"] },
        };
        return properties;
    }

    private static IEnumerable<V1ValidationRule> Rules(AddonKind kind)
    {
        var flatUsed = string.Join(" || ", kind.FlatFields.Select(field => $"has(self.{field})"));
        var fields = string.Join(", ", kind.FlatFields);
        return
        [
            new()
            {
                Rule = $"!({NestedUsed}) || !({flatUsed})",
                Message = $"two layouts are mixed: set {fields} directly under spec, or everything under instance and options",
            },
            .. kind.InstanceFields.Select(field => new V1ValidationRule
            {
                Rule = $"{NestedUsed} || has(self.{field})",
                Message = InstanceField(field).Description,
                Reason = "FieldValueRequired",
                FieldPath = $".{field}",
            }),
            new()
            {
                Rule = $"!has(self.options) || has(self.instance) || {flatUsed}",
                Message = $"options belong to the nested layout, which needs instance with {string.Join(" and ", kind.InstanceFields)}",
                Reason = "FieldValueRequired",
                FieldPath = ".instance",
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

    private static V1JSONSchemaProps Section(string description, IEnumerable<(string Name, string Description, AddonOptionType? Type)> fields)
    {
        var properties = new Dictionary<string, V1JSONSchemaProps>();
        AddFields(properties, fields, limited: false);
        return new() { Description = description, Type = "object", Properties = properties.Count > 0 ? properties : null };
    }

    // Without limits where the reference operator's CRDs have none: what it stored must stay valid, or no finalizer could be removed.
    private static void AddFields(
        Dictionary<string, V1JSONSchemaProps> properties, IEnumerable<(string Name, string Description, AddonOptionType? Type)> fields, bool limited)
    {
        foreach (var (name, description, type) in fields)
        {
            properties[name] = type switch
            {
                AddonOptionType.Version => new()
                {
                    Description = description,
                    XKubernetesIntOrString = true,
                    Pattern = @"^[0-9]{1,9}(\.[0-9]{1,9}){0,3}$",
                    Minimum = 0,
                    Maximum = 999_999_999,
                },
                AddonOptionType.Flag => new() { Description = description, Type = "boolean" },
                _ when limited => new() { Description = description, Type = "string", MinLength = 1, MaxLength = 128 },
                _ => new() { Description = description, Type = "string" },
            };
        }
    }

    private static V1JSONSchemaProps Words(string description, params string[] words) => new() { Description = description, Type = "string", EnumProperty = [.. words] };
}
