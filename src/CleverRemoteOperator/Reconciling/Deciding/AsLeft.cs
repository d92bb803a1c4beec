using CleverRemoteOperator.Reconciling.Observing;
using static CleverRemoteOperator.Reconciling.Deciding.Decision;

namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>
/// Whether a resource is as it was left: then nothing is read or written for it. One shared list tells that its add-on is still there,
/// and as it was; its environment is read again once an hour.
/// </summary>
internal static class AsLeft
{
    /// <summary>In order, or what has to be looked at to say so; null when it may not be.</summary>
    public static Decision? Next(Observation seen) =>
        seen.Steering.HandsOverTo is not null ? null
        : seen.Recorded.Addon is null || !seen.HasFinalizer || !WasReported(seen) || seen.Addon is not null ? null
        : seen.Secret is null ? new Look(Fact.Secret)
        : seen.Secret is not (SecretState.Published or SecretState.Unwanted) || SecretDue.IsRestart(seen) ? null
        : seen.IsListed is null ? new Look(Fact.Listed)
        : seen.IsListed == false ? null
        : !seen.IsEnvironmentDue || seen.Kind.WritesVariables || seen.Secret == SecretState.Unwanted ? new InOrder()
        : seen.Environment is null ? new Look(Fact.Environment)
        : SecretDue.Is(seen) ? null
        : new InOrder();

    // Where the definition drops conditions only kinds whose environment comes from the spec could have missed a change of it.
    private static bool WasReported(Observation seen) => seen.DropsConditions
        ? seen.Memory.InOrder == seen.Resource.Generation || (seen.Memory.InOrder == 0 && !seen.Kind.WritesVariables)
        : seen.Recorded.WasReady && !seen.Recorded.WasPaused && seen.Recorded.OnDeletion == seen.OnDeletion
            && (seen.Applied is not null || seen.Kind.HasOneLayout) && seen.Recorded.RequestedAt == seen.Steering.ReconcileRequestedAt
            && seen.Recorded.Secret == seen.SecretName;
}
