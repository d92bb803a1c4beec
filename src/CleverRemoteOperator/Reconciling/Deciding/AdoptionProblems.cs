using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>What can keep a resource from taking an add-on over, and what is said of one that was given away.</summary>
internal static class AdoptionProblems
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(10);

    /// <summary>How long after a claim an add-on's name is read again before anything of it is used: another operator may have claimed it too.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public static Problem Missing(Observation seen) => Addon(
        Reason.AdopteeMissing,
        $"there is no add-on {Asked(seen)} in organisation {seen.Account!.Account!.Organisation}. Nothing is created. Correct spec.adopt, or set spec.adoptPolicy: AdoptOrCreate to have one created") with
    { RetryAfter = LookAgain };

    public static Problem CreationWaits(Observation seen, Adoptee adoptee) => Addon(
        Reason.AdopteeMissing,
        $"there is no add-on {Asked(seen)} in organisation {seen.Account!.Account!.Organisation}; one is created once the list has been without it long enough") with
    { RetryAfter = seen.Rules.CreationWindow - adoptee.MissingFor is var left && left < SoonAgain ? left : SoonAgain, IsUnknown = true };

    public static Problem Ambiguous(Observation seen, IReadOnlyList<string> ids) => Addon(
        Reason.AdoptionConflict, $"several add-ons are called {Asked(seen)}: {string.Join(", ", ids)}. Set spec.adopt to the id of one") with
    { RetryAfter = LookAgain };

    public static Problem OtherProvider(Observation seen, Adoptee adoptee) => Addon(
        Reason.AdoptionConflict, $"the add-on {adoptee.Addon!.Id} is of provider {Printable.Of(adoptee.Addon.ProviderId, 64)}; a {seen.Resource.Kind} takes over only one of {seen.Kind.ProviderId}") with
    { RetryAfter = LookAgain };

    public static Problem NotAllowed(Observation seen, Adoptee adoptee) => Addon(
        Reason.AdoptionNotAllowed,
        $"the add-on {adoptee.Addon!.Id} did not come from namespace {seen.Resource.Namespace}, and the credentials that reach it are not the namespace's own. Give the namespace credentials of its own, "
        + $"or add {seen.Resource.Namespace} to allow-adoption in the operator's configuration") with
    { RetryAfter = LookAgain };

    public static Problem Held(Observation seen, Adoptee adoptee, Holder living) => Addon(
        Reason.AdoptionConflict,
        $"the add-on {adoptee.Addon!.Id} belongs to {seen.Resource.Kind} {At(living)}, which is there. To have it handed over, set on that resource the annotation "
        + $"{Steering.HandOverAnnotation}: {seen.Owner.Name}/{seen.Resource.Namespace}") with
    { RetryAfter = SoonAgain };

    public static Problem Unsafe(Observation seen, Adoptee adoptee, Holder unseen) => Addon(
        Reason.AdoptionUnsafe,
        $"the add-on {adoptee.Addon!.Id} belongs to {seen.Resource.Kind} {At(unseen)}, and whether that is still there cannot be seen: {Printable.Of(unseen.Problem, 200)}. "
        + $"If it is gone for good, or its owner agrees, set the annotation {Steering.AdoptUnseenAnnotation}: {Printable.Of(unseen.Uid, 36)}") with
    { RetryAfter = LookAgain };

    /// <summary>Said between the claim and the look that proves it.</summary>
    public static Problem Claimed(CleverAddon addon) => Addon(
        Reason.Adopting, $"the add-on {addon.Id} is taken over; it is read again before its Secret is written") with
    { RetryAfter = Settling, IsUnknown = true };

    /// <summary>Said when the add-on is another than it was a moment ago.</summary>
    public static Problem ChangedMeanwhile(CleverAddon addon) => Addon(
        Reason.Adopting, $"the add-on {addon.Id} has changed hands or was renamed a moment ago: it is looked at anew") with
    { RetryAfter = SoonAgain, IsUnknown = true };

    public static Problem HandedOver(Observation seen) => Addon(Reason.HandedOver, GivenAway(seen)) with { RetryAfter = TimeSpan.FromMinutes(5) };

    /// <summary>Said of an add-on whose resource gave it away.</summary>
    public static string GivenAway(Observation seen) =>
        $"the add-on {Printable.Of(seen.KnownAddon ?? seen.Addon?.Addon?.Id ?? "", 64)} was handed over to {seen.Steering.HandsOverTo}; the Secret stays as it is, and the resource can be deleted";

    /// <summary>Said of a resource that is deleted before what it gives away was taken.</summary>
    public static Problem NotTakenYet(Observation seen) => new(
        ConditionType.Ready, Reason.DeletionHeld,
        $"the add-on is to be handed over to {seen.Steering.HandsOverTo}, which has not taken it yet: it is not deleted before. To delete it all the same, remove the annotation {Steering.HandOverAnnotation}")
    { RetryAfter = SoonAgain };

    private static string Asked(Observation seen) => $"\"{Printable.Of(seen.Adoption!.Addon, 200)}\"";

    private static string At(Holder holder) =>
        (holder.Place is { } place ? $"{Printable.Of(place.Namespace, 64)}/{Printable.Of(place.Name, 128)} of " : $"with the uid {Printable.Of(holder.Uid, 36)} of ")
        + (holder.Cluster.Length > 0 ? $"cluster {Printable.Of(holder.Cluster, 130)}" : "a cluster that its name does not tell");

    private static Problem Addon(string reason, string message) => new(ConditionType.AddonReady, reason, message);
}
