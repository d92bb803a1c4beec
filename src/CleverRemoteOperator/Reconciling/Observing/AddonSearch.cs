using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>Finds a resource's add-on, live: by the id in its status, which is only a hint, then by name in the organisation's list.</summary>
internal sealed class AddonSearch(AddonInventory inventory)
{
    public async Task<Finding> RunAsync(Observation seen, Account account, CancellationToken token)
    {
        var hinted = (seen.Memory.Addon ?? seen.Recorded.Addon) is { } id ? await account.Api.FindAddonAsync(account.Organisation, id, token) : null;
        if (hinted is not null && FindingOf(Judge(seen, hinted)) is { } known)
        {
            return new Finding(known, hinted);
        }

        // A 404 alone is no proof that the add-on is gone: credentials of another account may get the same answer.
        // The list is: it can only be read by an account that sees the organisation.
        var listed = await account.Api.ListAddonsAsync(account.Organisation, token);
        inventory.Listed(account, listed);
        return InList(seen, listed, hinted) with { IsDoubted = inventory.IsDoubted(account) };
    }

    private static Finding InList(Observation seen, IReadOnlyList<CleverAddon> listed, CleverAddon? hinted)
    {
        var judged = listed.Select(addon => (Addon: addon, Whose: Judge(seen, addon))).ToList();
        List<CleverAddon> Of(Ownership whose) => [.. judged.Where(entry => entry.Whose == whose).Select(entry => entry.Addon)];

        foreach (var (whose, state) in new[]
        {
            (Ownership.Ours, FindingState.Ours), (Ownership.Former, FindingState.Former), (Ownership.Unclaimed, FindingState.Unclaimed),
        })
        {
            if (Of(whose) is { Count: > 0 } found)
            {
                return found.Count == 1
                    ? new Finding(state, found[0])
                    : new Finding(FindingState.Several, null, [.. found.Select(addon => addon.Id).Order(StringComparer.Ordinal).Take(10)]);
            }
        }

        return Of(Ownership.OtherCluster) is [var other, ..] ? new Finding(FindingState.OtherCluster, other)
            : hinted is not null && IsGivenAway(seen, hinted) ? new Finding(FindingState.HandedOver, hinted)
            : hinted is not null && Judge(seen, hinted) == Ownership.Unknown ? new Finding(FindingState.Renamed, hinted)
            : new Finding(FindingState.Absent) { IsHintDisproved = hinted is not null, Taken = hinted is not null && AddonName.Read(hinted.Name) is not null ? hinted : null };
    }

    private static bool IsGivenAway(Observation seen, CleverAddon hinted) =>
        seen.Steering.HandsOverTo is { } to && hinted.ProviderId == seen.Kind.ProviderId && AddonName.Read(hinted.Name) is { Cluster: { } cluster }
        && (to == cluster || to == $"{cluster}/{AddonName.PlaceOf(hinted.Name)?.Namespace}");

    private static FindingState? FindingOf(Ownership whose) => whose switch
    {
        Ownership.Ours => FindingState.Ours,
        Ownership.Former => FindingState.Former,
        Ownership.Unclaimed => FindingState.Unclaimed,
        _ => null,
    };

    private static Ownership Judge(Observation seen, CleverAddon addon) => seen.Owner.Judge(seen.Kind, seen.Resource, addon);
}
