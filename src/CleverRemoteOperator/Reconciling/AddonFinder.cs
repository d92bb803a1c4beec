using CleverRemoteOperator.CleverCloud;

namespace CleverRemoteOperator.Reconciling;

/// <summary>Finds a resource's add-on, live, by what the status says and by name, and proves that it is the resource's own.</summary>
internal static class AddonFinder
{
    /// <summary>
    /// The add-on of the resource; null only when the organisation's list was read and holds none.
    /// Throws <see cref="AddonProblem"/> when it is not ours or there are several, <see cref="CleverApiException"/> when that cannot be told.
    /// </summary>
    public static async Task<CleverAddon?> FindAsync(AddonPass pass, Placement placement, CancellationToken token)
    {
        if (pass.Status.Addon is { } id && await placement.Api.FindAddonAsync(placement.Organisation, id, token) is { } known)
        {
            return pass.Owns(known) ? known : throw Mismatch(pass, known);
        }

        // A 404 alone is no proof that the add-on is gone: credentials of another account may get the same answer.
        // The list is: it can only be read by an account that sees the organisation.
        var own = (await placement.Api.ListAddonsAsync(placement.Organisation, token)).Where(pass.Owns).ToList();
        return own.Count switch
        {
            0 => null,
            1 => own[0],
            _ => throw Duplicates(pass, own),
        };
    }

    private static AddonProblem Mismatch(AddonPass pass, CleverAddon found) => new(
        ConditionType.AddonReady, Reason.OwnershipMismatch,
        $"the add-on {found.Id} that the status names is not this resource's: its name is not {pass.AddonName}. Nothing is changed. "
        + "Rename the add-on back, or correct status.addon")
    { RetryAfter = TimeSpan.FromMinutes(5) };

    private static AddonProblem Duplicates(AddonPass pass, List<CleverAddon> own) => new(
        ConditionType.AddonReady, Reason.DuplicateAddons,
        $"several add-ons carry the name {pass.AddonName}: {string.Join(", ", own.Select(addon => addon.Id).Order(StringComparer.Ordinal).Take(10))}. "
        + "None is deleted. Keep the one with your data and delete or rename the others")
    { RetryAfter = TimeSpan.FromMinutes(5) };
}
