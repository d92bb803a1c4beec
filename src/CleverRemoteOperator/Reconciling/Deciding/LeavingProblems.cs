using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;

namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>What can keep a deletion from being carried out, and what is said when an add-on outlives its resource.</summary>
internal static class LeavingProblems
{
    private static readonly TimeSpan CheckAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);

    public static Problem Protected() => new(
        ConditionType.Ready, Reason.DeletionProtected,
        "the resource is deleted, and its add-on is protected from that. To let the deletion go on, set spec.deletionProtection (or the annotation "
        + $"{Steering.ProtectionAnnotation}) to false, there or where the default comes from. To keep the add-on, set {Steering.ReleaseAnnotation}: \"true\"")
    { RetryAfter = LookAgain };

    public static Problem NamespaceUnread(string why) => new(
        ConditionType.Ready, Reason.DeletionBlocked, $"what the namespace says about deletions cannot be read, so nothing is deleted: {why}")
    { RetryAfter = TimeSpan.FromSeconds(30) };

    public static Problem NoAccount(Observation seen, string why) => new(
        ConditionType.CredentialsResolved, Reason.DeletionBlocked,
        $"the add-on can only be deleted with the {Printable.Of(seen.Recorded.Source ?? "same", 32)} credentials it was created with "
        + $"(organisation {Printable.Of(seen.Recorded.Organisation ?? "unknown", 64)}, account {Printable.Of(seen.Recorded.Account ?? "unknown", 64)}), and they are not there: {why}. "
        + $"Restore them. To let the resource go and keep the add-on, set the annotation {Steering.ReleaseAnnotation}: \"true\"")
    { RetryAfter = LookAgain };

    public static Problem DefinitionGoing(Observation seen) => new(
        ConditionType.Ready, Reason.DeletionHeld,
        $"the definition of {seen.Key.Type} is being deleted, and the resource only with it: no add-on is deleted for that. To keep the add-on, set the annotation "
        + $"{Steering.ReleaseAnnotation}: \"true\". To delete it, set {Steering.AllowDeletionsAnnotation} on the namespace to a time within the next hour")
    { RetryAfter = CheckAgain };

    public static Problem DefinitionUnread() => new(
        ConditionType.Ready, Reason.DeletionHeld,
        "the operator may not read the definition, so it waits some seconds to be sure that the resource is not deleted only because its definition is")
    { RetryAfter = CheckAgain, IsTransient = true };

    public static Problem TooManyDeletions(Observation seen) => new(
        ConditionType.Ready, Reason.DeletionHeld,
        $"TooManyDeletions: more than {seen.Rules.MaxDeletions} add-ons of a namespace or {seen.Rules.MaxClusterDeletions} of a cluster were to be deleted within "
        + $"{DeletionLedger.Window.TotalMinutes:0} min, so the rest waits. To go on, set the annotation {Steering.AllowDeletionsAnnotation} on the namespace to a time within the next hour")
    { RetryAfter = seen.UntilRoomToDelete < TimeSpan.FromSeconds(30) ? seen.UntilRoomToDelete : TimeSpan.FromSeconds(30) };

    public static Problem ChangedMeanwhile() => new(
        ConditionType.Ready, Reason.Deleting, "the resource has changed since it was last seen: it is looked at anew before its add-on is deleted")
    { RetryAfter = CheckAgain, IsTransient = true };

    public static Problem Unconfirmed(TimeSpan left) => new(
        ConditionType.AddonReady, Reason.CreationUnconfirmed,
        "the add-on was asked for but no answer came: it is looked for a while longer before the resource is let go")
    { RetryAfter = left < CheckAgain ? left : CheckAgain, IsUnknown = true };

    /// <summary>Said where no add-on was ever known: then even such a list is believed in the end.</summary>
    public static Problem ListDoubted() => new(
        ConditionType.AddonReady, Reason.ListDoubted,
        "so many add-ons of the organisation are missing at once that its list is not believed yet: it is asked for a while longer before the resource is let go")
    { RetryAfter = CheckAgain, IsUnknown = true };

    public static Problem StillThere(string addon) => new(ConditionType.AddonReady, Reason.Deleting, $"the add-on {addon} is being deleted")
    { RetryAfter = CheckAgain };

    /// <summary>Said when the add-on outlives the resource because its owner wants it so.</summary>
    public static string Kept(Observation seen) =>
        $"the add-on {Printable.Of(seen.KnownAddon ?? seen.AddonName, 200)} is kept"
        + (seen.Steering.Releases ? $": annotation {Steering.ReleaseAnnotation}" : seen.Policies.Deletion == DeletionPolicy.Retain ? ": deletion policy Retain" : ": management policy ObserveOnly")
        + (seen.Secret is SecretState.Published or SecretState.Changed ? $". The Secret {seen.SecretName} stays too, and belongs to nobody now" : "");

    /// <summary>Said when the add-on was never this cluster's.</summary>
    public static string LeftToOthers(CleverAddon addon) =>
        $"the add-on {addon.Id} is not touched: it belongs to {(AddonName.Read(addon.Name)?.Cluster is { } cluster ? $"cluster {Printable.Of(cluster, 130)}" : "the cluster that this one is a copy of")}";
}
