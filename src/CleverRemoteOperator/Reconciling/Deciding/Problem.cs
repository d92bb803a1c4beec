using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>What keeps a resource from being in order: becomes its condition, its Event and the time of the next look.</summary>
/// <param name="Condition">The condition that is not met, of <see cref="ConditionType"/>.</param>
/// <param name="Reason">Of <see cref="Deciding.Reason"/>, or of the credentials or the catalogue.</param>
/// <param name="Message">What is wrong and what to do; the same text as long as the problem is the same.</param>
internal sealed record Problem(string Condition, string Reason, string Message)
{
    // Who mends a policy, a quota or a role wants to see it work.
    private static readonly TimeSpan RefusedAgain = TimeSpan.FromSeconds(10);

    /// <summary>True when it cannot be said whether the condition is met.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>True when only a change of the resource can help.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>True for a disturbance that says nothing about a resource already in order: its status stays.</summary>
    public bool IsTransient { get; init; }

    /// <summary>True when only the namespace's own end is in the way.</summary>
    public bool IsNamespaceGoing { get; init; }

    /// <summary>True when it passes by itself, or the operator is at work on it.</summary>
    public bool IsWork => IsUnknown || IsTransient
        || Reason is Deciding.Reason.Migrating or Deciding.Reason.Deleting or Deciding.Reason.RateLimited or Deciding.Reason.CleverApiUnavailable;

    /// <summary>True when nothing is wrong: its owner wants it so.</summary>
    public bool IsExpected => Reason is Deciding.Reason.Migrating or Deciding.Reason.Paused or Deciding.Reason.DryRun;

    /// <summary>True when somebody has to change something.</summary>
    public bool IsStalled => !IsWork && Reason != Deciding.Reason.Paused;

    /// <summary>True when a resource that was Ready stays so.</summary>
    public bool KeepsReady { get; init; }

    /// <summary>The migration it tells of; null when it tells of none.</summary>
    public Migration? Migration { get; init; }

    /// <summary>When to look again; null = with back-off.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the cluster refuses: a right is missing, or a quota, policy or webhook does not want it.</summary>
    /// <param name="plural">The kind it was done for: <c>postgresqls.api.clever-cloud.com</c>.</param>
    public static Problem From(KubernetesApiException refusal, string plural) => new(
        ConditionType.Ready,
        refusal.IsMissingRight ? Deciding.Reason.MissingRights : Deciding.Reason.AdmissionDenied,
        refusal.IsMissingFinalizers ? $"the operator may not update {plural}/finalizers. {refusal.Message}" : refusal.Message)
    {
        RetryAfter = RefusedAgain,
        IsNamespaceGoing = refusal.IsNamespaceGoing,
    };

    /// <summary>A problem of the add-on that a failed request to the Clever API makes.</summary>
    /// <param name="rejected">The reason when the API understood the request and does not want it.</param>
    public static Problem From(CleverApiException failure, string rejected = Deciding.Reason.CleverApiUnavailable) => new(
        ConditionType.AddonReady,
        failure.Kind switch
        {
            CleverFailureKind.RateLimited => Deciding.Reason.RateLimited,
            CleverFailureKind.Unauthorized => Deciding.Reason.Unauthorized,
            CleverFailureKind.Forbidden => Deciding.Reason.Forbidden,
            _ => failure.CanRetry ? Deciding.Reason.CleverApiUnavailable : rejected,
        },
        failure.Kind switch
        {
            CleverFailureKind.Unauthorized => $"Clever Cloud does not accept the credentials; renew the token. {failure.Message}",
            CleverFailureKind.Forbidden => $"the credentials may not do this; check the organisation and the token's rights. {failure.Message}",
            _ => failure.Message,
        })
    {
        IsTransient = failure.CanRetry,
        RetryAfter = failure.RetryAfter,
    };
}
