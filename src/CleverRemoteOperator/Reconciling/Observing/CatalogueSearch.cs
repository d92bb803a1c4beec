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
}
