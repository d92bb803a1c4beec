using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>
/// What status and mark of a resource say. Whoever may write them may forge them: they make us more careful, and never choose an
/// account, an organisation or an add-on.
/// </summary>
/// <param name="Addon">Id of the add-on.</param>
/// <param name="Organisation">Where it lives, or was asked for.</param>
/// <param name="Source">Which source its credentials came from.</param>
/// <param name="Account">Account it was created by.</param>
/// <param name="OnDeletion">What was last told about a deletion.</param>
/// <param name="WasReady">True when the status says Ready for this very generation.</param>
/// <param name="Migration">The last change of plan, region or version; null when none is recorded.</param>
/// <param name="Secret">Name of the connection Secret that was written last.</param>
/// <param name="WasPaused">True when the status says that the resource is paused.</param>
/// <param name="Plan">Plan the add-on was last seen to have.</param>
/// <param name="Region">Region it was last seen in.</param>
/// <param name="Applied">What the spec asked for, in its own words, when the add-on was last as asked; null when that is not recorded.</param>
/// <param name="AdoptedName">Name the add-on had before it was taken over; null when it was created.</param>
/// <param name="RequestedAt">The request for a pass that was last answered.</param>
/// <param name="RestartedFor">Checksum of the Secret's content for which what reads it was last restarted.</param>
/// <param name="IsUnconfirmed">True when the status says that it is not known whether the add-on exists.</param>
internal sealed record Recorded(
    string? Addon, string? Organisation, string? Source, string? Account, string? OnDeletion, CreationMark? Mark, bool WasReady, bool IsUnconfirmed,
    Migration? Migration = null, string? Secret = null, bool WasPaused = false,
    string? Plan = null, string? Region = null, MigrationTarget? Applied = null, string? RequestedAt = null, string? AdoptedName = null, string? RestartedFor = null)
{
    /// <param name="isAttemptOpen">True while this process has an attempt whose outcome it has not seen: then no mark of it is void.</param>
    public static Recorded Read(AddonResource resource, bool isAttemptOpen)
    {
        var status = new ResourceStatus(resource.Status.ToObject(), resource.Generation);
        var addon = status.Text("addon");
        var mark = CreationMark.Read(resource.Annotations, resource.Uid);

        // The API refused it and nothing is recorded: what was asked for then binds nobody.
        var binding = mark is { IsRefused: true } && addon is null && !isAttemptOpen ? null : mark;
        return new Recorded(
            addon,
            status.Text("organisation") ?? NullIfEmpty(binding?.Organisation),
            status.Text("credentialSource") ?? NullIfEmpty(binding?.Source),
            status.Text("account") ?? NullIfEmpty(binding?.Account),
            status.Text("onDeletion"),
            mark,
            status.IsReady,
            status.IsUnknown(ConditionType.AddonReady),
            Migration.Read(resource.Status.ToObject()),
            status.Text("secret"),
            status.Condition(ConditionType.Ready).Text("reason") == Reason.Paused,
            status.Text("plan"),
            status.Text("region"),
            MigrationTarget.Read(resource.Status.ToObject()?["applied"]),
            status.Text("reconcileRequestedAt"),
            status.Text("adoptedName"),
            status.Text("restartedFor"));
    }

    /// <summary>True when the API refused the only creation anybody knows of.</summary>
    public bool IsRefused => Mark is { IsRefused: true } && Addon is null;

    /// <summary>True when something may be at Clever Cloud that these credentials should reach.</summary>
    private bool Binds => Addon is not null || Mark is { IsRefused: false };

    /// <summary>True when these credentials come from the source that was recorded.</summary>
    public bool IsSourceOf(ResolvedCredentials credentials) => !Binds || Source is null || Source == credentials.SourceName;

    /// <summary>True when this is the account that was recorded. One that may not be told is not compared.</summary>
    public bool IsAccount(string? id) => !Binds || Account is null || id is null || Account == id;

    /// <summary>True when this is the organisation that was recorded.</summary>
    public bool IsIn(string organisation) => !Binds || Organisation is null || Organisation == organisation;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
