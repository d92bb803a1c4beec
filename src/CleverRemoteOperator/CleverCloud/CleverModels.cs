namespace CleverRemoteOperator.CleverCloud;

/// <summary>An add-on as the API shows it.</summary>
/// <param name="Id"><c>addon_…</c></param>
/// <param name="RealId">Id at its provider: <c>postgresql_…</c></param>
/// <param name="Name">Display name; may be absent.</param>
internal sealed record CleverAddon(string Id, string RealId, string? Name, string Region, string ProviderId, CleverPlan Plan)
{
    /// <summary>When it was created; absent when the API does not tell.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>A plan of a provider.</summary>
/// <param name="Price">For comparing only.</param>
/// <param name="Zones">Regions it is offered in; empty = those of the provider.</param>
internal sealed record CleverPlan(string Id, string Slug, string Name, double Price, IReadOnlyList<string> Zones, bool IsShared)
{
    /// <summary>Under which id, whatever its case, <see cref="CleverPrices"/> knows it; absent when it has none.</summary>
    public string? PriceId { get; init; }
}

/// <summary>A provider of add-ons with its plans.</summary>
internal sealed record CleverProvider(string Id, string Name, IReadOnlyList<string> Regions, IReadOnlyList<CleverPlan> Plans);

/// <summary>What an organisation is offered.</summary>
/// <param name="PublicBecause">Why these are what everybody is offered, without what is the organisation's alone; null when they are the organisation's.</param>
internal sealed record CleverCatalogue(IReadOnlyList<CleverProvider> Providers, string? PublicBecause);

/// <summary>Versions a provider offers.</summary>
/// <param name="Dedicated">Versions of dedicated plans.</param>
/// <param name="Shared">Version of the shared plans, by region.</param>
/// <param name="Default">Version of a dedicated plan when none is asked for.</param>
internal sealed record CleverProviderVersions(
    IReadOnlyList<string> Dedicated, IReadOnlyDictionary<string, string> Shared, string? Default);

/// <summary>What is asked for when an add-on is created.</summary>
/// <param name="Plan">Plan id.</param>
/// <param name="Options">Text to text; booleans are <c>true</c> and <c>false</c>.</param>
internal sealed record CleverAddonRequest(
    string Name, string Region, string ProviderId, string Plan, IReadOnlyDictionary<string, string> Options);
