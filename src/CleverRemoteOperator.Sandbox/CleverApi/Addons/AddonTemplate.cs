using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Sandbox.CleverApi.Products;

namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>Fills the catalogue's templates for one add-on: <c>{text:n}</c>, <c>{port:n}</c>, <c>{uuid:n}</c> are derived from its seed, other names are its facts.</summary>
internal sealed partial class AddonTemplate(Addon addon, Provider provider, bool isProvisioned)
{
    private const string ConfigProvider = "config-provider";

    private readonly HashSet<string> _enabled = EnabledOf(addon.Options);

    /// <summary>The environment the add-on publishes: its provider's, or what the user put into a config provider.</summary>
    public IReadOnlyList<Variable> Environment() => addon.ProviderId == ConfigProvider ? addon.Variables : [.. Published(), .. Added()];

    /// <summary>The provider's detail document; null when it has none.</summary>
    public JsonNode? Detail()
    {
        var detail = Fill(provider.Detail);
        if (detail is JsonObject json && addon.Status is { } status)
        {
            json["status"] = status;
        }

        return detail;
    }

    private IEnumerable<Variable> Published() => provider.Environment
        .Where(entry => (entry.When is null || _enabled.Contains(entry.When)) && !IsTakenAway(entry.Name))
        .Select(entry => new Variable(entry.Name, addon.EnvironmentChanges.GetValueOrDefault(entry.Name) ?? Fill(entry.Value)));

    private IEnumerable<Variable> Added() => addon.EnvironmentChanges
        .Where(change => change.Value is not null && provider.Environment.All(entry => entry.Name != change.Key))
        .Select(change => new Variable(change.Key, change.Value!));

    private bool IsTakenAway(string name) => addon.EnvironmentChanges.TryGetValue(name, out var value) && value is null;

    private JsonNode? Fill(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json.Select(pair => KeyValuePair.Create(pair.Key, Fill(pair.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Fill)]),
        JsonValue value when value.TryGetValue<string>(out var text) => Whole(text),
        _ => node?.DeepClone(),
    };

    private JsonNode? Whole(string text) => text switch
    {
        "{features}" => Switches(provider.Options.Where(option => option.Value.Count == 2).Select(option => option.Key)),
        "{readOnlyUsers}" => new JsonArray([.. addon.ReadOnlyUsers.Select(user => new JsonObject { ["user"] = user, ["password"] = DerivedValues.Text(addon.Seed, user) })]),
        "{services}" => Switches(["kibana", "apm"]),
        "{availableVersions}" => JsonText.Array(provider.Versions?.Dedicated ?? []),
        "{variables}" => new JsonArray([.. addon.Variables.Select(AddonDocuments.Of)]),
        "{env}" => new JsonObject(Environment().Select(variable => KeyValuePair.Create(variable.Name, (JsonNode?)variable.Value))),
        _ when text.StartsWith("{port:", StringComparison.Ordinal) => int.Parse(Fill(text), CultureInfo.InvariantCulture),
        _ => Fill(text),
    };

    private JsonArray Switches(IEnumerable<string> names) =>
        new([.. names.Select(name => new JsonObject { ["name"] = name, ["enabled"] = _enabled.Contains(name) })]);

    private string Fill(string template) => Placeholder().Replace(template, match => Value(match.Groups["what"].Value, match.Groups["name"].Value));

    private string Value(string what, string name) => (what, name) switch
    {
        ("text", _) => DerivedValues.Text(addon.Seed, name),
        ("port", _) => DerivedValues.Port(addon.Seed, name).ToString(CultureInfo.InvariantCulture),
        ("uuid", "") => RealUuid,
        ("uuid", _) => DerivedValues.Uuid(addon.RealId, name),
        ("short", _) => RealUuid[..8].ToLowerInvariant(),
        ("addonId", _) => addon.Id,
        ("realId", _) => addon.RealId,
        ("owner", _) => addon.OwnerId,
        ("name", _) => addon.Name,
        ("zone", _) => addon.Region,
        ("version", _) => addon.Version ?? "",
        ("plan", _) => Slug,
        ("PLAN", _) => Slug.ToUpperInvariant(),
        ("created", _) => addon.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ("provisioned", _) => isProvisioned ? "PROVISIONED" : "PROVISIONING",
        _ => throw new InvalidOperationException($"The catalogue of {provider.Id} uses the unknown placeholder {{{what}}}."),
    };

    private string RealUuid => addon.RealId[provider.RealIdPrefix.Length..];

    private string Slug => provider.FindPlan(addon.PlanId)?.Slug ?? addon.PlanId;

    /// <summary>What is switched on: options that are "true", and the services named in the JSON text of the option of that name.</summary>
    private static HashSet<string> EnabledOf(IReadOnlyDictionary<string, string> options)
    {
        var enabled = options.Where(option => option.Value == "true").Select(option => option.Key).ToHashSet();
        if (options.TryGetValue("services", out var services))
        {
            enabled.UnionWith(AddonServices.Parse(services).Where(service => service.Enabled).Select(service => service.Name));
        }

        return enabled;
    }

    [GeneratedRegex(@"\{(?<what>[A-Za-z]+)(:(?<name>[a-z-]+))?\}")]
    private static partial Regex Placeholder();
}
