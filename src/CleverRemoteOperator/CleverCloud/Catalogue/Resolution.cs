using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.CleverCloud.Catalogue;

/// <summary>What a resource asks for, in its own words.</summary>
/// <param name="Plan">Slug, name, id (<c>plan_…</c>) or bare size, in any case.</param>
/// <param name="Version">With or without dots; absent = the provider's usual one.</param>
internal sealed record RequestedAddon(string ProviderId, string Plan, string Region, string? Version);

/// <summary>What to ask the API for.</summary>
/// <param name="Plan">The plan's slug, for people.</param>
/// <param name="Version">As the API writes it; absent when none was asked for and the usual one is not known.</param>
internal sealed record ResolvedAddon(string PlanId, string Plan, string Region, string? Version);

/// <summary>Either the resolved add-on, or a reason in PascalCase with a message that lists what is available.</summary>
internal sealed record Resolution(ResolvedAddon? Addon, string Reason, string Message)
{
    private const int ListLength = 400;

    public static Resolution Of(string planId, string plan, string region, string? version) =>
        new(new ResolvedAddon(planId, plan, region, version), "", "");

    /// <summary>The message is some 800 characters at most, however much is available.</summary>
    /// <param name="publicBecause">Why what is the organisation's alone is not among it; absent when it is.</param>
    public static Resolution Failed(string reason, string what, IEnumerable<string> available, string? publicBecause) =>
        new(null, reason, $"{what}; available: {Listed([.. available.Select(item => Printable.Of(item, 64))])}" + (publicBecause is null ? ""
            : $"; cannot read the organisation's private plans and regions: {Printable.Of(publicBecause, 160)}"));

    private static string Listed(IReadOnlyList<string> items)
    {
        var length = 0;
        var shown = items.TakeWhile(item => (length += item.Length + 2) <= ListLength).ToList();
        return items.Count == 0 ? "none"
            : string.Join(", ", shown) + (shown.Count < items.Count ? $" and {items.Count - shown.Count} more" : "");
    }
}
