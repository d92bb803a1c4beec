using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Addons.Secrets;

namespace CleverRemoteOperator.Addons;

/// <summary>Reads a <c>spec</c> in either layout. Unknown fields are left to the API server, which prunes them.</summary>
internal static partial class AddonSpecReader
{
    private const int MaxMistakes = 20;
    private const int MaxVariablesLength = 1_000_000;

    /// <summary>The spec, or every mistake in it (at most 21 lines). Never throws, whatever the spec holds.</summary>
    public static AddonSpecResult Read(AddonKind kind, JsonObject? spec)
    {
        var mistakes = new List<string>();
        try
        {
            var section = new SpecSection(spec ?? [], "spec", mistakes);
            var read = Read(kind, section, mistakes) with { Policies = Policies(section), Adoption = Adoption(section, mistakes), Secret = SecretShapeReader.Read(section, mistakes) };
            return mistakes.Count == 0 ? new(read, []) : new(null, Bounded(mistakes));
        }
        catch (Exception malformed) when (malformed is ArgumentException or InvalidOperationException)
        {
            return new(null, ["spec is invalid JSON: a duplicate field, or text that is not Unicode"]);
        }
    }

    /// <summary>What a spec says about the end of its add-on, whatever else is wrong with it.</summary>
    /// <param name="mistakes">Where mistakes in these fields are noted.</param>
    public static AddonPolicies ReadPolicies(JsonObject? spec, List<string> mistakes)
    {
        try
        {
            return Policies(new SpecSection(spec ?? [], "spec", mistakes));
        }
        catch (Exception malformed) when (malformed is ArgumentException or InvalidOperationException)
        {
            mistakes.Add("spec is invalid JSON");
            return AddonPolicies.None;
        }
    }

    private static AddonPolicies Policies(SpecSection spec) => new(
        spec.Choice<DeletionPolicy>("deletionPolicy"),
        spec.Has("deletionProtection") ? spec.Flag("deletionProtection") : null,
        spec.Choice<OnMissing>("onMissing"),
        spec.Choice<ManagementPolicy>("managementPolicy"),
        spec.Choice<DriftPolicy>("driftPolicy"));

    private static Adoption? Adoption(SpecSection spec, List<string> mistakes)
    {
        var policy = spec.Choice<AdoptPolicy>("adoptPolicy");
        if (policy is not null && !spec.Has("adopt"))
        {
            mistakes.Add("spec.adoptPolicy stands without spec.adopt; allowed: with the add-on to take over in spec.adopt, or not at all");
        }

        return spec.Text("adopt", Adoptee(), $"the id or the name of an add-on, at most {Addons.Adoption.MaxLength} characters") is { } addon ? new(addon, policy) : null;
    }

    private static AddonSpec Read(AddonKind kind, SpecSection spec, List<string> mistakes)
    {
        var organisation = spec.Text("organisation", Identifier(), "the id of an organisation or account (orga_…, user_…), or leave the field out");
        if (kind.HasOneLayout)
        {
            return new(SpecLayout.Nested, organisation, null, null, null, new Dictionary<string, string>(), Variables(kind, spec, mistakes));
        }

        var nested = spec.Has("instance") || spec.Has("options");
        var flatFields = kind.FlatFields.Where(spec.Has).ToList();
        if (nested && flatFields.Count > 0)
        {
            mistakes.Add($"spec has {string.Join(", ", flatFields)} beside instance or options; "
                + "allowed: one layout, with everything directly under spec or everything under instance and options");
            return new(SpecLayout.Nested, null, null, null, null, new Dictionary<string, string>(), new Dictionary<string, string>());
        }

        var instance = nested ? spec.Section("instance", "an object with " + string.Join(" and ", kind.InstanceFields)) : spec;
        var options = nested ? spec.Section("options", "an object") : spec;
        var flags = kind.Options.Where(option => option.Type == AddonOptionType.Flag && options.Has(option.Name))
            .ToDictionary(option => option.Name, option => options.Flag(option.Name));
        return new(
            nested ? SpecLayout.Nested : SpecLayout.Flat,
            organisation,
            kind.FixedPlan is null
                ? instance.RequiredText("plan", Printable(), "a plan's slug, name, id or size, such as S, xs_sml or plan_…")
                : null,
            kind.FixedRegion is null
                ? instance.RequiredText("region", Identifier(), "a region's code, such as par")
                : null,
            Version(kind, options),
            Options(kind, flags),
            new Dictionary<string, string>())
        {
            Flags = flags,
            IgnoresDrift = spec.Words("ignoreDrift", "plan", "region", "version"),
        };
    }

    private static string? Version(AddonKind kind, SpecSection options) =>
        kind.Options.FirstOrDefault(option => option.Type == AddonOptionType.Version) is { } version
            ? options.Version(version.Name, $"text or whole number, with or without dots, such as \"{version.Known[^1]}\"")
            : null;

    private static Dictionary<string, string> Options(AddonKind kind, Dictionary<string, bool> set)
    {
        var flags = kind.Options.Where(option => option.Type == AddonOptionType.Flag)
            .Select(option => (Option: option, On: set.GetValueOrDefault(option.Name))).ToList();
        var texts = flags.Where(flag => flag.Option.Service is null)
            .ToDictionary(flag => flag.Option.Name, flag => flag.On ? "true" : "false");
        var services = flags.Where(flag => flag.Option.Service is not null)
            .Select(JsonNode (flag) => new JsonObject { ["name"] = flag.Option.Service, ["enabled"] = flag.On }).ToArray();
        if (services.Length > 0)
        {
            texts["services"] = new JsonArray(services).ToJsonString();
        }

        return texts;
    }

    private static Dictionary<string, string> Variables(AddonKind kind, SpecSection spec, List<string> mistakes)
    {
        if (!kind.WritesVariables)
        {
            return [];
        }

        if (!spec.Has("variables"))
        {
            mistakes.Add("spec.variables is missing; allowed: an object of names and strings");
        }

        var variables = spec.Section("variables", "an object of names and strings")
            .Texts(SecretKey(), "letters, digits, '_', '-' and '.', at most 253, as a key of a Secret");
        if (variables.Sum(variable => (long)variable.Key.Length + variable.Value.Length) > MaxVariablesLength)
        {
            mistakes.Add($"spec.variables is too large; allowed: {MaxVariablesLength} characters, the limit of a Secret");
        }

        return variables;
    }

    private static List<string> Bounded(List<string> mistakes) => mistakes.Count <= MaxMistakes
        ? mistakes
        : [.. mistakes.Take(MaxMistakes), $"and {mistakes.Count - MaxMistakes} more mistakes"];

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,128}\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^(?!\s)\P{C}{1,128}(?<!\s)\z")]
    private static partial Regex Printable();

    [GeneratedRegex(@"^(?!\s)\P{C}{1,300}(?<!\s)\z")]
    private static partial Regex Adoptee();

    [GeneratedRegex(@"^(?!\.\.|\.\z)[-._A-Za-z0-9]{1,253}\z")]
    private static partial Regex SecretKey();
}
