using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;

namespace CleverRemoteOperator.Reconciling;

/// <summary>Turns what a resource asks for in its own words into what the Clever API is asked for, by the catalogue of the moment.</summary>
internal static class RequestBuilder
{
    // The catalogue is read anew after 10 min; a plan that appears then is worth another look.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    /// <summary>The request that creates the add-on; throws <see cref="AddonProblem"/> listing what is available when it cannot be met.</summary>
    public static async Task<CleverAddonRequest> BuildAsync(AddonPass pass, AddonSpec spec, Placement placement, CancellationToken token)
    {
        var resolution = await ResolveAsync(pass.Kind, spec, placement, token);
        if (resolution.Addon is not { } resolved)
        {
            throw new AddonProblem(ConditionType.AddonReady, resolution.Reason, resolution.Message) { RetryAfter = LookAgain };
        }

        var options = new Dictionary<string, string>(spec.Options, StringComparer.Ordinal);
        if (pass.Kind.TakesVersion && resolved.Version is { } version)
        {
            options["version"] = version;
        }

        return new CleverAddonRequest(pass.AddonName, resolved.Region, pass.Kind.ProviderId, resolved.PlanId, options);
    }

    /// <summary>What an edited spec asks for that its add-on is not, for people; null when nothing. The add-on is not changed.</summary>
    public static async Task<string?> DifferencesAsync(AddonPass pass, AddonSpec spec, Placement placement, CleverAddon addon, CancellationToken token)
    {
        var differences = new List<string>();
        if (spec.Organisation is { } organisation && organisation != placement.Organisation)
        {
            differences.Add($"organisation {placement.Organisation}, not {organisation}");
        }

        if ((await ResolveAsync(pass.Kind, spec, placement, token)).Addon is { } wanted)
        {
            if (wanted.PlanId != addon.Plan.Id)
            {
                differences.Add($"plan {addon.Plan.Slug}, not {wanted.Plan}");
            }

            if (!string.Equals(wanted.Region, addon.Region, StringComparison.OrdinalIgnoreCase))
            {
                differences.Add($"region {addon.Region}, not {wanted.Region}");
            }
        }

        return differences.Count == 0
            ? null
            : $"the add-on {addon.Id} is there with {string.Join(" and ", differences)}: it is not changed after its creation";
    }

    private static async Task<Resolution> ResolveAsync(AddonKind kind, AddonSpec spec, Placement placement, CancellationToken token)
    {
        var catalogue = await placement.Api.GetProvidersAsync(placement.Organisation, token);
        var versions = kind.TakesVersion ? await placement.Api.GetVersionsAsync(kind.ProviderId, token) : null;
        return CatalogueResolver.Resolve(
            new AddonWish(kind.ProviderId, kind.FixedPlan ?? spec.Plan ?? "", kind.FixedRegion ?? spec.Region ?? "", spec.Version), catalogue, versions);
    }
}
