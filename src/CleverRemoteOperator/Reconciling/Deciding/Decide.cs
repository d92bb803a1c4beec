using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Observing;
using static CleverRemoteOperator.Reconciling.Deciding.Decision;

namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>
/// What is to be done next with a resource, by what is known of it: nothing but this decides. Pure, so that every case is a row of a
/// table. Each step answers, or leaves the question to the next. An add-on is created in <see cref="WithoutAddon"/> and nowhere else,
/// and deleted in <see cref="AddonOfLeaving"/> and nowhere else.
/// </summary>
internal static class Decide
{
    // Nobody restores a resource from a backup this soon.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    public static Decision Next(Observation seen) =>
        seen.Failure is { } failure ? new Wait(failure) : Restraint.Of(seen, seen.IsLeaving ? Leaving(seen) : Living(seen));

    private static Decision Living(Observation seen) =>
        NotServed(seen)
        ?? NotReadable(seen)
        ?? NoAccount(seen)
        ?? AsLeft.Next(seen)
        ?? (MayHaveAddon(seen) is not { } may ? new Look(Fact.NameListed)
            : !may ? DecideAdoption.Next(seen) ?? WithoutAddon(seen)
            : seen.Addon is null ? new Look(Fact.Addon)
            : WithFinding(seen, seen.Addon));

    private static Decision? NotServed(Observation seen) =>
        seen.IsUidShared ? new Report(Problems.UidShared(seen))
        : seen.Resource.IsTooLarge ? new Report(Problems.TooLarge())
        : seen.Steering.Mistakes.Count > 0 ? new Report(Problems.InvalidAnnotation(seen.Steering.Mistakes))
        : seen.SpecPolicies.Contradictions(seen.Steering.Policies).FirstOrDefault() is { } field ? new Report(Problems.Contradiction(field))
        : seen.Spec?.Adoption is { } spec && seen.Steering.Adoption is { } annotated && spec.Addon != annotated.Addon ? new Report(Problems.Contradiction("adopt"))
        : seen is { Spec.Secret.Name: { } name, Steering.SecretName: { } other } && name != other ? new Report(Problems.Contradiction("secret.name"))
        : seen.Namespace is null ? new Look(Fact.Namespace)
        : seen.IsPaused ? new Report(Problems.Paused(seen))
        : null;

    private static Report? NotReadable(Observation seen) =>
        seen.Spec is null ? new Report(Problems.InvalidSpec(seen.Mistakes))
        : Problems.OfSecretName(seen) is { } name ? new Report(name)
        : seen.Recorded.Mark is { } mark && seen.OwnMark is null && seen.Adoption is null ? new Report(Problems.AdoptionRequired(seen.Kind, mark))
        : null;

    private static Decision? NoAccount(Observation seen) =>
        seen.Credentials is not { } credentials ? new Look(Fact.Credentials)
        : credentials.Resolved is not { } resolved ? new Report(Problems.NoCredentials(credentials))
        : seen.NeedsOwnCredentials && resolved.Source != CredentialSource.Namespace ? new Report(Problems.NamespaceCredentialsRequired(seen))
        : (seen.Spec?.Organisation ?? resolved.Credentials.Organisation) is { } named && !seen.Rules.Allows(named)
            ? new Report(Problems.OrganisationNotAllowed(named))
        : !seen.Recorded.IsSourceOf(resolved) && !seen.Steering.AcceptsCredentials ? new Report(Problems.CredentialsChanged(seen, resolved, null))
        : seen.Account is not { } look ? new Look(Fact.Account)
        : look.Account is not { } account ? new Report(look.Problem!)
        : !seen.Rules.Allows(account.Organisation) ? new Report(Problems.OrganisationNotAllowed(account.Organisation))
        : seen.Steering.AcceptsCredentials ? null
        : !seen.Recorded.IsAccount(account.Id) ? new Report(Problems.CredentialsChanged(seen, resolved, account))
        : seen.Recorded.IsIn(account.Organisation) ? null
        : seen.Spec?.Organisation is null ? new Report(Problems.CredentialsChanged(seen, resolved, account))
        : new Report(Problems.OrganisationChanged(seen, account));

    // Null while a list all share must tell: a server restored from a backup shows resources as they were before their marks.
    private static bool? MayHaveAddon(Observation seen) =>
        seen.Marked is not null ? seen.Addon is { IsNew: true }
        : seen.Addon is not null || seen.IsBegun || seen.KnownAddon is not null || seen.OwnMark is not null || seen.Resource.Generation > 1 ? true
        : (seen.Now - seen.Resource.CreationTimestamp).Duration() < Fresh ? false
        : seen.IsNameListed;

    private static Decision WithFinding(Observation seen, Finding found) => found.State switch
    {
        FindingState.Ours when !seen.Owner.UsesBareNames || found.IsNew => WithAddon(seen, found),
        FindingState.Ours or FindingState.Former => new Claim(),
        FindingState.Unclaimed => Unclaimed(seen) ?? (seen.Owner.UsesBareNames ? WithAddon(seen, found) : new Claim()),
        FindingState.OtherCluster => new Report(Problems.OwnedByAnotherCluster(found.Addon!)),
        FindingState.Several => new Report(Problems.Duplicates(seen, found.Others!)),
        FindingState.Renamed => AdoptionOf(seen) ?? new Report(Problems.OwnershipMismatch(seen, found.Addon!)),
        FindingState.HandedOver => new Report(AdoptionProblems.HandedOver(seen)),
        _ => AdoptionOf(seen) ?? Missing(seen, found) ?? Unconfirmed(seen, found) ?? WithoutAddon(seen),
    };

    private static Decision? Unclaimed(Observation seen) => seen.Claim switch
    {
        null => new Look(Fact.Claim),
        { Right: ClaimRight.Yes } => null,
        { Right: ClaimRight.Wait } when seen.Owner.UsesBareNames => null,
        { Right: ClaimRight.Wait } wait => new Wait(Problems.ClaimWaits(wait.Message)),
        { } no => new Report(Problems.OwnershipDisputed(no.Message)),
    };

    // An add-on that was there and is not: an empty database is a lost database, so nothing is created unless the owner asks for it.
    private static Decision? Missing(Observation seen, Finding absent) =>
        seen.OwnMark is { IsRefused: false } && absent.Taken is { } taken && seen.Steering.Recreate != taken.Id ? new Report(Problems.AddonTaken(taken))
        : seen.KnownAddon is not { } id || seen.Steering.Recreate == id ? null
        : seen.Policies.OnMissing != OnMissing.Recreate ? new Report(Problems.AddonMissing(seen, id))
        : absent.IsDoubted ? new Wait(Problems.ListDoubted(id))
        : absent.MissingFor < seen.Rules.CreationWindow ? new Wait(Problems.RecreateWaits(seen, id, absent))
        : null;

    // While a creation of its own may come true, it needs no other add-on.
    private static Decision? AdoptionOf(Observation seen) => seen.OwnMark is not null && seen.Memory.IsOpen ? null : DecideAdoption.Next(seen);

    // A creation may still come true, and a list be late. A refusal proves nothing while an attempt of our own is open: anybody can write that into a mark.
    private static Decision? Unconfirmed(Observation seen, Finding absent) =>
        seen.OwnMark is { } mark && mark.Replaces == (seen.KnownAddon ?? "")
            ? (mark.IsRefused && !seen.Memory.IsOpen) || absent.MissingFor >= seen.Rules.CreationWindow ? null
                : new Wait(Problems.Unconfirmed(seen.Rules.CreationWindow - absent.MissingFor))
        : seen.KnownAddon is null ? seen.IsBegun ? new Remark(Problems.Unconfirmed(seen.Rules.CreationWindow)) : null
        : seen.Memory.IsOpen ? new Remark(Problems.Unconfirmed(seen.Rules.CreationWindow))
        : null;

    /// <summary>It has none, for certain: the one place where an add-on is created, and all that must be sure before.</summary>
    private static Decision WithoutAddon(Observation seen) =>
        seen.Marked is not null ? seen.MayUseCredentials ? new Create() : new Unmark(Problems.CredentialsOnTheirWay())
        : seen.Namespace!.Steering.Mistakes.Count > 0 ? new Report(Problems.InvalidNamespace(seen))
        : seen.UsesOthersCredentials && seen.SinceOwnCredentials is { } since && since < seen.Rules.CredentialsGrace
            ? new Wait(Problems.CredentialsGrace(seen.Rules.CredentialsGrace - since))
        : seen.LooksForCredentialsFirst ? new Look(Fact.UnseenCredentials)
        : seen.UsesOthersCredentials && seen.HasUnseenCredentials == true ? new Wait(Problems.CredentialsOnTheirWay())
        : seen.Secret is null ? new Look(Fact.Secret)
        : seen.IsSecretTaken ? new Report(Problems.SecretTaken(seen))
        : seen.Catalogue is null ? new Look(Fact.Catalogue)
        : seen.Catalogue.Addon is null ? new Report(Problems.NotAvailable(seen.Catalogue))
        : seen.SecretTrial is null ? new Look(Fact.SecretTrial)
        : seen.SecretTrial.Refusal is { } refusal ? new Report(refusal)
        : new Mark(seen.MayUseCredentials ? null : Fact.UnseenCredentials);

    private static Decision WithAddon(Observation seen, Finding found) =>
        !seen.HasFinalizer ? new Hold()
        : seen is { Secret: SecretState.Left, SecretChecksum: not null, Environment: null, Kind.WritesVariables: false } ? new Look(Fact.Environment)
        : seen.IsSecretTaken ? new Report(Problems.SecretTaken(seen))
        : seen.Kind.WritesVariables && seen.Variables is null ? new Look(Fact.Variables)
        : seen.Kind.WritesVariables && !IsSame(seen.Variables!, seen.Spec!.Variables) ? new Change()
        : found.IsNew || DecideChange.Next(seen) is not { } change ? new Publish()
        : DecideChange.Told(seen, change);

    private static Decision Leaving(Observation seen) =>
        !seen.HasFinalizer ? new Ignore()
        : NotServed(seen)
        ?? Kept(seen)
        ?? (seen.Recorded.IsRefused && seen.KnownAddon is null && !seen.Memory.IsOpen ? new LetGo(Reason.Deleted, "no add-on had been created")
            : seen.Namespace!.Problem is { } unread ? new Report(LeavingProblems.NamespaceUnread(unread))
            : seen.Namespace.Steering.Mistakes.Count > 0 ? new Report(Problems.InvalidNamespace(seen))
            : seen.Policies.Protection == true ? new Report(LeavingProblems.Protected())
            : seen.Credentials is null ? new Look(Fact.Credentials)
            : seen.Account is null ? new Look(Fact.Account)
            : seen.Account.Account is not { } account ? new Report(seen.Account.Problem!)
            : !seen.Rules.Allows(account.Organisation) ? new Report(Problems.OrganisationNotAllowed(account.Organisation))
            : seen.Addon is null ? new Look(Fact.Addon)
            : FindingOfLeaving(seen, seen.Addon));

    private static Decision? Kept(Observation seen) =>
        !seen.Steering.Releases && (!seen.Policies.KeepsAddon || seen.Policies.Protection == true) ? null
        : seen.Spec is not null && seen.Secret is null ? new Look(Fact.Secret)
        : new LetGo(
            seen.Steering.Releases ? Reason.Released : Reason.Retained, LeavingProblems.Kept(seen),
            KeepsSecret: seen.Secret is SecretState.Published or SecretState.Changed);

    private static Decision FindingOfLeaving(Observation seen, Finding found) => found.State switch
    {
        FindingState.Ours or FindingState.Former => AddonOfLeaving(seen),
        FindingState.Unclaimed when seen.Claim is { Right: ClaimRight.Never } => new LetGo(Reason.OwnedByAnotherCluster, LeavingProblems.LeftToOthers(found.Addon!)),
        FindingState.Unclaimed => Unclaimed(seen) ?? AddonOfLeaving(seen),
        FindingState.OtherCluster => new LetGo(Reason.OwnedByAnotherCluster, LeavingProblems.LeftToOthers(found.Addon!)),
        FindingState.Several => new Report(Problems.Duplicates(seen, found.Others!)),
        FindingState.Renamed => new Report(Problems.OwnershipMismatch(seen, found.Addon!)),
        FindingState.HandedOver => new LetGo(Reason.HandedOver, AdoptionProblems.GivenAway(seen), KeepsSecret: true),
        FindingState.Gone => new LetGo(Reason.Deleted, $"the add-on {found.Addon!.Id} is deleted"),
        _ when found.IsDoubted && seen.KnownAddon is { } id => new Wait(Problems.ListDoubted(id)),
        _ when found.IsDoubted && found.MissingFor < 10 * seen.Rules.CreationWindow => new Wait(LeavingProblems.ListDoubted()),
        _ when IsStillUncertain(seen, found) => new Wait(LeavingProblems.Unconfirmed(seen.Rules.CreationWindow - found.MissingFor)),
        _ => new LetGo(Reason.Deleted, "the add-on was gone already"),
    };

    // A creation that got no answer may still come true; to let go of the resource now would leave a paid add-on behind.
    private static bool IsStillUncertain(Observation seen, Finding absent) =>
        seen.KnownAddon is null && (seen.OwnMark is not null || seen.Memory.IsOpen || seen.Recorded.IsUnconfirmed)
        && absent.MissingFor < seen.Rules.CreationWindow;

    /// <summary>It is ours, proven by its live name: the one place where an add-on is deleted, and all that must be sure before.</summary>
    private static Decision AddonOfLeaving(Observation seen) =>
        seen.Steering.HandsOverTo is not null ? new Wait(AdoptionProblems.NotTakenYet(seen))
        : !seen.AllowsDeletions && seen.Definition is null ? new Look(Fact.Definition)
        : !seen.AllowsDeletions && seen.Definition == DefinitionState.Going ? new Wait(LeavingProblems.DefinitionGoing(seen))
        : !seen.AllowsDeletions && seen.Definition == DefinitionState.Unreadable ? new Wait(LeavingProblems.DefinitionUnread())
        : !seen.AllowsDeletions && !seen.HasRoomToDelete ? new Wait(LeavingProblems.TooManyDeletions(seen))
        : seen.IsAsShown is null ? new Look(Fact.AsShown)
        : seen.IsAsShown == false ? new Wait(LeavingProblems.ChangedMeanwhile())
        : new Delete();

    private static bool IsSame(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
