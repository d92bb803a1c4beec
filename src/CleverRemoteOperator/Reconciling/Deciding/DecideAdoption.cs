using CleverRemoteOperator.Reconciling.Observing;
using static CleverRemoteOperator.Reconciling.Deciding.Decision;

namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>
/// Whether a resource that has no add-on takes over one that is there: the part of <see cref="Decide"/> for <c>spec.adopt</c>. An add-on
/// changes hands in <see cref="Take"/> and nowhere else. Nobody but its holder gives an add-on away, as long as it has one; and one that
/// nobody holds goes only to whoever could reach it anyway: with credentials of the namespace's own, to the namespace it came from, or
/// where the operator's configuration says so.
/// </summary>
internal static class DecideAdoption
{
    /// <summary>The next step of an adoption, or what keeps it from being done; null when none is asked for, or a new add-on may be created instead.</summary>
    public static Decision? Next(Observation seen) =>
        seen.Marked is not null || seen.Adoption is null ? null
        : seen.Namespace!.Steering.Mistakes.Count > 0 ? new Report(Problems.InvalidNamespace(seen))
        : seen.UsesOthersCredentials && seen.HasUnseenCredentials is null ? new Look(Fact.UnseenCredentials)
        : !seen.MayUseCredentials ? new Wait(Problems.CredentialsOnTheirWay())
        : seen.Adoptee is not { } adoptee ? new Look(Fact.Adoptee)
        : adoptee.Others is { } several ? new Report(AdoptionProblems.Ambiguous(seen, several))
        : adoptee.Addon is null ? Missing(seen, adoptee)
        : adoptee.Addon.ProviderId != seen.Kind.ProviderId ? new Report(AdoptionProblems.OtherProvider(seen, adoptee))
        : Refused(seen, adoptee) is { } refusal ? new Report(refusal)
        : Take(seen, adoptee);

    // To create one because a list was late or broken would give back something empty.
    private static Decision? Missing(Observation seen, Adoptee adoptee) =>
        seen.KnownAddon is { } known && seen.Steering.Recreate != known ? new Report(Problems.AddonMissing(seen, known))
        : seen.KnownAddon is not null ? null
        : !seen.Adoption!.MayCreate ? new Report(AdoptionProblems.Missing(seen))
        : adoptee.MissingFor < seen.Rules.CreationWindow ? new Wait(AdoptionProblems.CreationWaits(seen, adoptee))
        : null;

    private static Problem? Refused(Observation seen, Adoptee adoptee) => adoptee.Holder switch
    {
        null => IsTrusted(seen) ? null : AdoptionProblems.NotAllowed(seen, adoptee),
        { State: HolderState.Living } living => living.ConsentsTo(seen.Owner.Name, seen.Resource.Namespace) ? null : AdoptionProblems.Held(seen, adoptee, living),
        { State: HolderState.Gone } gone => IsTrusted(seen) || CameFromHere(seen, gone) ? null : AdoptionProblems.NotAllowed(seen, adoptee),
        { } unseen => !IsTrusted(seen) ? AdoptionProblems.NotAllowed(seen, adoptee)
            : string.Equals(seen.Steering.AdoptUnseen, unseen.Uid, StringComparison.OrdinalIgnoreCase) ? null
            : AdoptionProblems.Unsafe(seen, adoptee, unseen),
    };

    /// <summary>True for whoever has the token of the namespace's credentials, and can reach every add-on of its organisation without us; and where the configuration says so.</summary>
    public static bool IsTrusted(Observation seen) => !seen.UsesOthersCredentials || seen.Rules.AllowsAdoption(seen.Resource.Namespace);

    private static bool CameFromHere(Observation seen, Holder gone) => gone.Cluster == seen.Owner.Name && gone.Place?.Namespace == seen.Resource.Namespace;

    private static Decision Take(Observation seen, Adoptee adoptee) =>
        seen.Secret is null ? new Look(Fact.Secret)
        : seen.Secret == SecretState.Foreign ? new Report(Problems.SecretTaken(seen))
        : !seen.Steering.IsDryRun && (!seen.HasFinalizer || (seen.Recorded.Mark is not null && seen.OwnMark is null)) ? new Hold()
        : new Adopt(adoptee.Addon!);
}
