using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Catalogue;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>Every problem a decision can tell of a living resource: what is wrong, and what to do.</summary>
internal static class Problems
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(10);

    // The catalogue is read anew after 10 min; a plan that appears then is worth another look.
    private static readonly TimeSpan NewCatalogue = TimeSpan.FromMinutes(10);

    public static Problem UidShared(Observation seen) => Ready(
        Reason.DuplicateUid, $"another resource of this cluster has the uid {Printable.Of(seen.Resource.Uid, 36)} too, so neither is served: an API server never gives one uid twice")
        with
    { RetryAfter = SoonAgain };

    public static Problem TooLarge() => Ready(
        Reason.TooLarge, "spec or status is larger than the operator keeps, or its namespace or cluster has used up its share of memory, so the resource is not served; allowed: 64 KiB each") with
    { IsTerminal = true };

    public static Problem InvalidAnnotation(IReadOnlyList<string> mistakes) => Ready(
        Reason.InvalidAnnotation, $"{string.Join("; ", mistakes)}. Until it is corrected nothing is created or deleted") with
    { IsTerminal = true };

    public static Problem Contradiction(string field) => Ready(
        Reason.InvalidAnnotation, $"spec.{field} and the annotation for it contradict each other; allowed: one of them, or both with the same value") with
    { IsTerminal = true };

    public static Problem InvalidNamespace(Observation seen) => Ready(
        Reason.InvalidAnnotation,
        $"namespace {seen.Resource.Namespace}: {string.Join("; ", seen.Namespace!.Steering.Mistakes)}. Until it is corrected nothing is created or deleted there") with
    { RetryAfter = SoonAgain };

    public static Problem InvalidSpec(IReadOnlyList<string> mistakes) => Ready(Reason.InvalidSpec, string.Join("; ", mistakes)) with { IsTerminal = true };

    /// <summary>What is wrong with the connection Secret's name; null when nothing is.</summary>
    public static Problem? OfSecretName(Observation seen) => seen.SecretName switch
    {
        CredentialSecret.SecretName => Ready(
            Reason.InvalidSpec, $"the connection Secret would be called {CredentialSecret.SecretName}, as the Secret with the namespace's credentials. Give the resource another name, or set spec.secret.name") with
        { IsTerminal = true },
        { Length: > KubernetesNames.MaxLength } name => new Problem(
            ConditionType.SecretReady, Reason.SecretInvalid,
            $"the connection Secret's name would have {name.Length} characters; allowed: {KubernetesNames.MaxLength}. Give the resource a shorter name, or set spec.secret.name")
        { RetryAfter = LookAgain },
        _ => null,
    };

    public static Problem Paused(Observation seen) => Ready(
        Reason.Paused,
        seen.Rules.IsPaused ? "the operator's configuration pauses this cluster: nothing is created, changed or deleted"
        : (seen.Steering.IsPaused ? "the resource is paused" : $"namespace {seen.Resource.Namespace} is paused")
        + $": nothing is created, changed or deleted. Remove the annotation {Steering.PausedAnnotation} to go on") with
    { RetryAfter = TimeSpan.FromSeconds(30), KeepsReady = true };

    public static Problem NoCredentials(CredentialResult result) => Credentials(result.Reason, result.Message);

    public static Problem NamespaceCredentialsRequired(Observation seen) => Credentials(
        Reason.NamespaceCredentialsRequired,
        $"namespace {seen.Resource.Namespace} must bring its own credentials: create the Secret {CredentialSecret.SecretName} with the key {CredentialSecret.Key} there");

    public static Problem CredentialsGrace(TimeSpan left) => Credentials(
        Reason.CredentialsChanged,
        $"the namespace had a Secret {CredentialSecret.SecretName} a moment ago: nothing is created with other credentials until it is clear that the Secret stays away") with
    { RetryAfter = left, IsUnknown = true };

    public static Problem CredentialsOnTheirWay() => Credentials(
        Reason.CredentialsChanged, $"the Secret {CredentialSecret.SecretName} of the namespace has just come: it is read before anything is created") with
    { RetryAfter = TimeSpan.FromSeconds(1) };

    public static Problem OrganisationNotAllowed(string organisation) => Credentials(
        Reason.OrganisationNotAllowed,
        $"the operator may not use organisation {Printable.Of(organisation, 64)} for this cluster. Name another one, or add it to allowed-organisations");

    public static Problem OrganisationChanged(Observation seen, Account account) => Credentials(
        Reason.OrganisationChanged,
        $"the add-on {(seen.Recorded.Addon is { } id ? $"{Printable.Of(id, 64)} lives" : "was asked for")} in organisation {Shown(seen.Recorded.Organisation)}, "
        + $"not in {account.Organisation}: an add-on does not move. Set spec.organisation to {Shown(seen.Recorded.Organisation)}"
        + (seen.Recorded.Addon is null ? $", or remove the annotation {CreationMark.Annotation} if there is no add-on there" : ""));

    /// <param name="account">Null when the source alone tells the difference.</param>
    public static Problem CredentialsChanged(Observation seen, ResolvedCredentials resolved, Account? account) => Credentials(
        Reason.CredentialsChanged,
        $"the add-on was created with the {Printable.Of(seen.Recorded.Source ?? "same", 32)} credentials in organisation {Printable.Of(seen.Recorded.Organisation ?? "unknown", 64)}, "
        + $"but now the {resolved.SourceName} credentials{Difference(seen, account)} would serve it. Nothing is changed. "
        + $"Restore the former ones. Or, if the new ones reach that organisation, set spec.organisation: {Printable.Of(seen.Recorded.Organisation ?? "…", 64)} "
        + $"and the annotation {Steering.AcceptAnnotation}: \"true\"");

    public static Problem OwnedByAnotherCluster(CleverAddon addon) => Addon(
        Reason.OwnedByAnotherCluster,
        $"the add-on {addon.Id} of this uid belongs to cluster {Shown(AddonName.Read(addon.Name)?.Cluster, 130)}: it is not read, changed or deleted. "
        + "If this cluster was called so before, add that name to its formerly in the operator's configuration") with
    { RetryAfter = LookAgain };

    public static Problem OwnershipMismatch(Observation seen, CleverAddon addon) => Addon(
        Reason.OwnershipMismatch,
        $"the add-on {addon.Id} that the status names is called \"{Shown(addon.Name, 200)}\", so nothing proves that it is this resource's. Nothing is changed. "
        + $"Rename it to {seen.AddonName}") with
    { RetryAfter = LookAgain };

    public static Problem Duplicates(Observation seen, IReadOnlyList<string> ids) => Addon(
        Reason.DuplicateAddons,
        $"several add-ons carry the name of this resource ({seen.AddonName}): {string.Join(", ", ids)}. None is changed. Keep the one with your data, and delete or rename the others") with
    { RetryAfter = LookAgain };

    public static Problem ClaimWaits(string why) => Addon(Reason.OwnershipPending, why) with { RetryAfter = SoonAgain, IsUnknown = true };

    public static Problem OwnershipDisputed(string why) => Addon(Reason.OwnershipDisputed, why) with { RetryAfter = TimeSpan.FromMinutes(1) };

    public static Problem AdoptionRequired(AddonKind kind, CreationMark foreign) => Addon(
        Reason.AdoptionRequired,
        $"the resource was copied or restored from another one (uid {Printable.Of(foreign.Uid, 36)}), which may still have its add-on. Nothing is created. "
        + $"To take that add-on over, set spec.adopt: {AddonName.Bare(kind.NameInAddons, Printable.Of(foreign.Uid, 36))}. To create a new add-on for this resource, remove the annotation {CreationMark.Annotation}") with
    { IsTerminal = true };

    public static Problem AddonMissing(Observation seen, string id) => Addon(
        Reason.AddonMissing,
        $"the add-on {Printable.Of(id, 64)} is not in organisation {seen.Account?.Account?.Organisation} any more. Nothing is created, as it would be empty; the connection Secret stays as it is. "
        + $"If it is lost and an empty one shall take its place, set the annotation {Steering.RecreateAnnotation}: {Printable.Of(id, 64)} "
        + "(for caches: spec.onMissing: Recreate); or delete the resource") with
    { RetryAfter = TimeSpan.FromMinutes(1) };

    public static Problem AddonTaken(CleverAddon addon) => Addon(
        Reason.OwnershipMismatch,
        $"the add-on {addon.Id} that the status names bears another resource's name now: it was taken over. Nothing is created, as it would be empty; the connection Secret stays as it is. "
        + $"If an empty one shall take its place, set the annotation {Steering.RecreateAnnotation}: {addon.Id}; or delete the resource") with
    { RetryAfter = TimeSpan.FromMinutes(1) };

    public static Problem RecreateWaits(Observation seen, string id, Finding absent) => Addon(
        Reason.AddonMissing, $"the add-on {Printable.Of(id, 64)} is missing; an empty one is created once the list has been without it long enough") with
    { RetryAfter = Shorter(seen.Rules.CreationWindow - absent.MissingFor), IsUnknown = true };

    public static Problem ListDoubted(string id) => Addon(
        Reason.ListDoubted,
        $"the add-on {Printable.Of(id, 64)} is missing together with so many others of its organisation that the list is not believed before it has said so for 30 min") with
    { RetryAfter = TimeSpan.FromMinutes(1), IsUnknown = true };

    public static Problem Unconfirmed(TimeSpan left) => Addon(
        Reason.CreationUnconfirmed,
        "it is not known whether the add-on was created: it is looked for by its name, and asked for again once the list has been without it long enough") with
    { RetryAfter = Shorter(left), IsUnknown = true };

    /// <summary>The request may have taken effect.</summary>
    public static Problem NoClearAnswer(string why) => Addon(
        Reason.CreationUnconfirmed,
        $"the add-on was asked for but no answer tells whether it exists ({why}); it is looked for before it is asked for again") with
    { IsUnknown = true };

    public static Problem SecretTaken(Observation seen) => new(
        ConditionType.SecretReady, Reason.SecretConflict,
        seen.Secret == SecretState.Left
            ? $"the Secret {seen.SecretName} was written by this operator for an earlier resource, and belongs to nobody now; it is not touched. "
                + "It may be the access to an add-on that was kept: look at it, and once nothing needs it any more, "
                + $"kubectl -n {seen.Resource.Namespace} delete secret {seen.SecretName}. Or set spec.secret.name to another name"
            : $"a Secret {seen.SecretName} is there that does not belong to this resource; it is not touched. Delete or rename it, or set spec.secret.name to another name")
    { RetryAfter = TimeSpan.FromSeconds(30) };

    public static Problem NotAvailable(Resolution resolution) => Addon(resolution.Reason, resolution.Message) with { RetryAfter = NewCatalogue };

    private static string Difference(Observation seen, Account? account) => account is null ? ""
        : !seen.Recorded.IsAccount(account.Id) ? $" (account {account.Id}, not {Shown(seen.Recorded.Account)})"
        : $" (organisation {account.Organisation})";

    private static string Shown(string? text, int length = 64) => Printable.Of(text ?? "unknown", length);

    private static TimeSpan Shorter(TimeSpan left) => left < SoonAgain ? left : SoonAgain;

    private static Problem Ready(string reason, string message) => new(ConditionType.Ready, reason, message);

    private static Problem Credentials(string reason, string message) => new(ConditionType.CredentialsResolved, reason, message) { RetryAfter = LookAgain };

    private static Problem Addon(string reason, string message) => new(ConditionType.AddonReady, reason, message);
}
