using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>A namespace as it was last seen.</summary>
/// <param name="IsGoing">True while it is being deleted.</param>
/// <param name="Problem">Why it could not be read; null when it was.</param>
/// <param name="IsLive">True when it was read after the resource was.</param>
internal sealed record NamespaceLook(Steering Steering, bool IsGoing, string? Problem = null, bool IsLive = false);

/// <summary>The account that serves the resource, or why there is none.</summary>
internal sealed record AccountLook(Account? Account, Problem? Problem = null);

/// <summary>What the provider tells of its add-on.</summary>
/// <param name="Detail">Null when it tells nothing.</param>
internal sealed record DetailLook(CleverAddonDetail? Detail);

/// <summary>Which versions the add-on could be updated to.</summary>
/// <param name="Check">Null when the provider does not tell.</param>
internal sealed record VersionLook(CleverVersionCheck? Check);

/// <summary>What a dry run of the connection Secret showed.</summary>
/// <param name="Refusal">Why the cluster would not take it; null when it would.</param>
internal sealed record SecretTrialResult(Problem? Refusal);

/// <summary>Whose the Secret of the connection Secret's name is.</summary>
internal enum SecretState
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The spec wants none.</summary>
    Unwanted,

    /// <summary>It is the resource's, as it was last written.</summary>
    Published,

    /// <summary>It is the resource's, and somebody changed it since.</summary>
    Changed,

    /// <summary>It is somebody else's.</summary>
    Foreign,

    /// <summary>It is nobody's: the operator wrote it for an earlier resource, which went without it.</summary>
    Left,
}
