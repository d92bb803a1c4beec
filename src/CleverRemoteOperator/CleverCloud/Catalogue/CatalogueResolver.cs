using System.Text.RegularExpressions;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.CleverCloud.Catalogue;

/// <summary>Finds in the catalogue what a resource asks for in its own words. Pure: the catalogue is given.</summary>
internal static partial class CatalogueResolver
{
    /// <summary>The resolved plan, region and version, or why one of them cannot be had.</summary>
    /// <param name="versions">Versions of the requested provider; null = it publishes none, so a version goes as written.</param>
    public static Resolution Resolve(RequestedAddon requested, CleverCatalogue catalogue, CleverProviderVersions? versions)
    {
        var provider = catalogue.Providers.FirstOrDefault(provider => Same(provider.Id, requested.ProviderId));
        if (FindPlan(requested, provider) is not { } plan)
        {
            // The catalogue does not list every plan: an id that somebody knows is the API's to judge.
            return requested.Plan.StartsWith("plan_", StringComparison.Ordinal)
                ? Resolution.Of(requested.Plan, requested.Plan, requested.Region, Unlisted(requested.Version, versions))
                : Resolution.Failed("PlanNotAvailable", $"{requested.ProviderId} has no plan \"{Quoted(requested.Plan)}\"", provider?.Plans.Select(Named) ?? [], catalogue.PublicBecause);
        }

        var regions = RegionsOf(plan, provider);
        var region = regions.FirstOrDefault(region => Same(region, requested.Region)) ?? (regions.Count == 0 ? requested.Region : null);
        if (region is null)
        {
            return Resolution.Failed("RegionNotAvailable", $"plan {Named(plan)} is not available in region \"{Quoted(requested.Region)}\"", regions, catalogue.PublicBecause);
        }

        var (offered, usual) = VersionsOf(plan, region, versions);
        var version = requested.Version is not { } asked ? usual : offered is null ? asked : AddonVersion.Choose(asked, offered);
        return version is null && requested.Version is not null
            ? Resolution.Failed(
                "VersionNotAvailable",
                $"plan {Named(plan)} has no version \"{Quoted(requested.Version)}\"{(plan.IsShared ? $" in region {region}" : "")}", offered ?? [], catalogue.PublicBecause)
            : Resolution.Of(plan.Id, Named(plan), region, version);
    }

    /// <summary>True when the plan is what is asked for by slug, name, id or bare size: whatever else the catalogue offers by now.</summary>
    public static bool IsPlan(string asked, CleverPlan plan) =>
        Same(asked, plan.Id) || Same(asked, plan.Slug) || Same(asked, plan.Name) || (IsBareSize(asked) && Size(asked) == Size(plan.Slug));

    private static CleverPlan? FindPlan(RequestedAddon requested, CleverProvider? provider)
    {
        var plans = provider?.Plans ?? [];
        return plans.FirstOrDefault(plan => Same(plan.Id, requested.Plan))
            ?? plans.FirstOrDefault(plan => Same(plan.Slug, requested.Plan))
            ?? plans.FirstOrDefault(plan => Same(plan.Name, requested.Plan))
            ?? plans.Where(plan => IsBareSize(requested.Plan) && Size(plan.Slug) == Size(requested.Plan))
                .OrderByDescending(plan => RegionsOf(plan, provider).Any(region => Same(region, requested.Region)))
                .ThenBy(plan => plan.Price)
                .ThenBy(plan => plan.Slug, StringComparer.Ordinal)
                .FirstOrDefault();
    }

    private static bool IsBareSize(string plan) => !plan.Contains('_', StringComparison.Ordinal) && Size(plan) is not null;

    /// <summary>The size a slug begins with, as <c>xxl</c>: 2XL and XXL are one. Null for slugs such as <c>dev</c>.</summary>
    private static string? Size(string slug)
    {
        var match = SizeOfSlug().Match(slug);
        return match.Success
            ? (match.Groups["times"] is { Success: true } times ? new string('x', times.ValueSpan[0] - '0') : match.Groups["xs"].Value)
                .ToLowerInvariant() + match.Groups["letter"].Value.ToLowerInvariant()
            : null;
    }

    private static IReadOnlyList<string> RegionsOf(CleverPlan plan, CleverProvider? provider) =>
        plan.Zones.Count > 0 ? plan.Zones : provider?.Regions ?? [];

    /// <summary>What is offered, null = not known; and what one gets without asking.</summary>
    private static (IEnumerable<string>? Offered, string? Usual) VersionsOf(CleverPlan plan, string region, CleverProviderVersions? versions)
    {
        if (plan.IsShared)
        {
            var shared = versions?.Shared.FirstOrDefault(version => Same(version.Key, region)).Value;
            return (shared is null ? null : [shared], shared);
        }

        return (versions is { Dedicated.Count: > 0 } ? versions.Dedicated : null, versions?.Default);
    }

    private static string? Unlisted(string? asked, CleverProviderVersions? versions) =>
        asked is null ? null : AddonVersion.Choose(asked, versions?.Dedicated ?? []) ?? asked;

    private static string Named(CleverPlan plan) => plan.Slug.Length > 0 ? plan.Slug : plan.Name.Length > 0 ? plan.Name : plan.Id;

    private static string Quoted(string text) => Printable.Of(text, 64);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A(?:(?<times>[2-9])x|(?<xs>x*))(?<letter>[sml])(?:_|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SizeOfSlug();
}
