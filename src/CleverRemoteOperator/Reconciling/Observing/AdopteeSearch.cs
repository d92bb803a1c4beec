using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>Finds the add-on that a resource names to take over, and the resource whose it is: both live.</summary>
internal sealed class AdopteeSearch(IFleetView fleet, AddonInventory inventory)
{
    public async Task<Adoptee> RunAsync(Observation seen, Account account, CancellationToken token)
    {
        var listed = await account.Api.ListAddonsAsync(account.Organisation, token);
        inventory.Listed(account, listed);
        var named = Named(seen.Adoption!.Addon, listed);
        if (named is not [var one])
        {
            return new Adoptee(null, named.Count == 0 ? null : [.. named.Select(addon => addon.Id).Order(StringComparer.Ordinal).Take(10)]);
        }

        // A list may be late; what is decided by is the add-on itself.
        return await account.Api.FindAddonAsync(account.Organisation, one.Id, token) is not { } addon ? new Adoptee(null)
            : AddonName.Read(addon.Name) is { } name ? new Adoptee(addon, null, await fleet.FindHolderAsync(seen.Kind, name, AddonName.PlaceOf(addon.Name), token))
            : new Adoptee(addon);
    }

    private static List<CleverAddon> Named(string text, IReadOnlyList<CleverAddon> addons) =>
        addons.Where(addon => addon.Id == text || addon.RealId == text).ToList() is { Count: > 0 } byId ? byId
        : addons.Where(addon => addon.Name == text).ToList() is { Count: > 0 } byName ? byName
        : AddonName.Read(text) is { } asked ? [.. addons.Where(addon => AddonName.Read(addon.Name) is { } name && IsSame(asked, name))]
        : [];

    // kubernetes::KIND::UID names the add-on whatever follows.
    private static bool IsSame(AddonName asked, AddonName name) =>
        asked.Cluster is null && string.Equals(asked.Kind, name.Kind, StringComparison.OrdinalIgnoreCase) && string.Equals(asked.Uid, name.Uid, StringComparison.OrdinalIgnoreCase);
}
