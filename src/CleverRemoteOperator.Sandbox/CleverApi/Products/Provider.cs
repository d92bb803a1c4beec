using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CleverRemoteOperator.Sandbox.CleverApi.Products;

/// <summary>One add-on provider as the embedded catalogue describes it: what is sold, what it is told, what it tells.</summary>
internal sealed record Provider
{
    public required string Id { get; init; }

    public required string RealIdPrefix { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string Status { get; init; }

    public bool CanUpgrade { get; init; }

    public required IReadOnlyList<string> Regions { get; init; }

    public IReadOnlyList<Feature> Features { get; init; } = [];

    public required IReadOnlyList<Plan> Plans { get; init; }

    /// <summary>Null for a provider that offers no choice of version.</summary>
    public VersionOffer? Versions { get; init; }

    /// <summary>Creation options besides the version, each with the values allowed; an empty list allows any text.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Options { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The environment an add-on publishes, values as <see cref="Addons.AddonTemplate"/> reads them.</summary>
    public IReadOnlyList<EnvironmentEntry> Environment { get; init; } = [];

    /// <summary>The path segment of <c>/v4/addon-providers/{segment}/addons</c>; null when the detail is elsewhere or nowhere.</summary>
    public string? DetailPath { get; init; }

    /// <summary>Which id the detail path takes: <c>addon</c>, <c>real</c> or <c>any</c>.</summary>
    public string DetailId { get; init; } = "any";

    /// <summary>The detail document with placeholders; null when there is none.</summary>
    public JsonObject? Detail { get; init; }

    /// <summary>What only organisations are sold; null for nothing.</summary>
    public PrivateOffer? Private { get; init; }

    /// <summary>The provider as an organisation sees it.</summary>
    public Provider WithPrivate() => Private is null ? this
        : this with { Regions = [.. Regions, .. Private.Regions], Plans = [.. Plans, .. Private.Plans], Private = null };

    public Plan? FindPlan(string id) => Plans.FirstOrDefault(plan => plan.Id == id);

    public IReadOnlyList<string> ZonesOf(Plan plan) => plan.Zones ?? Regions;
}

/// <summary>A property plans have, as the provider declares it.</summary>
internal sealed record Feature(string Name, string Type, [property: JsonPropertyName("name_code")] string? Code)
{
    /// <summary>What a plan's values are filed under: the code, or the name of a feature without one.</summary>
    public string Key => Code ?? Name;
}

/// <summary>A plan; <paramref name="Zones"/> null means all regions, a feature's values are the text and (when it differs) its computable form.</summary>
internal sealed record Plan(string Id, string Name, string Slug, decimal Price, IReadOnlyList<string>? Zones, IReadOnlyDictionary<string, string?[]>? Features)
{
    public bool IsShared => Features is not null && Features.TryGetValue("is-dedicated", out var values) && string.Equals(values[0], "shared", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Regions and plans that are shown to an organisation that asks with its id, and to nobody else.</summary>
internal sealed record PrivateOffer(IReadOnlyList<string> Regions, IReadOnlyList<Plan> Plans);

/// <summary>The versions a dedicated plan may have, and the one of the shared clusters.</summary>
internal sealed record VersionOffer(IReadOnlyList<string> Dedicated, string Default, SharedOffer? Shared);

/// <summary>The version of the shared clusters and where they are.</summary>
internal sealed record SharedOffer(string Version, IReadOnlyList<string> Zones);

/// <summary>A variable an add-on publishes; with <paramref name="When"/> only if that option or service is on.</summary>
internal sealed record EnvironmentEntry(string Name, string Value, string? When);

/// <summary>A place add-ons run at.</summary>
internal sealed record Region(string Name, string City, string Country, string CountryCode, double Lat, double Lon, IReadOnlyList<string> Tags);
