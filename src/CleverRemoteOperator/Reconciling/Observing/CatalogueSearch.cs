using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Catalogue;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>Resolves what a resource asks for in its own words, by the catalogue of the moment.</summary>
internal static class CatalogueSearch
{
    public static async Task<Resolution> RunAsync(Observation seen, Account account, CancellationToken token)
    {
        var (kind, spec) = (seen.Kind, seen.Spec!);
        var catalogue = await account.Api.GetProvidersAsync(account.Organisation, token);
        var versions = kind.TakesVersion ? await account.Api.GetVersionsAsync(kind.ProviderId, token) : null;
        return CatalogueResolver.Resolve(
            new RequestedAddon(kind.ProviderId, kind.FixedPlan ?? spec.Plan ?? "", kind.FixedRegion ?? spec.Region ?? "", spec.Version), catalogue, versions);
    }

    /// <summary>What an edited spec asks for that its add-on is not, for people; null when nothing. The add-on is not changed.</summary>
    public static string? Differences(Resolution resolution, CleverAddon addon)
    {
        if (resolution.Addon is not { } wanted)
        {
            return null;
        }

        var differences = new List<string>();
        if (wanted.PlanId != addon.Plan.Id)
        {
            differences.Add($"plan {addon.Plan.Slug}, not {wanted.Plan}");
        }

        if (!string.Equals(wanted.Region, addon.Region, StringComparison.OrdinalIgnoreCase))
        {
            differences.Add($"region {addon.Region}, not {wanted.Region}");
        }

        return differences.Count == 0 ? null : $"the add-on {addon.Id} has {string.Join(" and ", differences)}: it is not changed after its creation";
    }
}
