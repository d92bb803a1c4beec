using System.Net;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Queueing;

namespace CleverRemoteOperator.Reconciling;

/// <summary>What keeps a resource from being in order: becomes its condition, its Event and the time of the next look.</summary>
/// <param name="condition">The condition that is not met, of <see cref="ConditionType"/>.</param>
/// <param name="reason">Of <see cref="Reason"/>, or of the credentials or the catalogue.</param>
/// <param name="message">What is wrong and what to do; the same text as long as the problem is the same.</param>
internal sealed class AddonProblem(string condition, string reason, string message, Exception? inner = null)
    : Exception(message, inner), IReconcileProblem
{
    public string Condition { get; } = condition;

    public string Reason { get; } = reason;

    /// <summary>True when it cannot be said whether the condition is met.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>True when only a change of the resource can help.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>True for a disturbance that says nothing about a resource already in order: its status stays.</summary>
    public bool IsTransient { get; init; }

    /// <summary>When to look again; null = with back-off.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A problem of the add-on that a failed request to the Clever API makes.</summary>
    public static AddonProblem From(CleverApiException failure, string rejected = Reconciling.Reason.CleverApiUnavailable) => new(
        ConditionType.AddonReady,
        failure switch
        {
            { IsRateLimit: true } => Reconciling.Reason.RateLimited,
            { Status: HttpStatusCode.Unauthorized } => Reconciling.Reason.Unauthorized,
            { Status: HttpStatusCode.Forbidden } => Reconciling.Reason.Forbidden,
            { CanRetry: true } => Reconciling.Reason.CleverApiUnavailable,
            _ => rejected,
        },
        failure switch
        {
            { IsRateLimit: true } => failure.Message,
            { Status: HttpStatusCode.Unauthorized } => $"Clever Cloud does not accept the credentials; renew the token. {failure.Message}",
            { Status: HttpStatusCode.Forbidden } => $"the credentials may not do this; check the organisation and the token's rights. {failure.Message}",
            _ => failure.Message,
        },
        failure)
    {
        IsTransient = failure.CanRetry,
        RetryAfter = failure.RetryAfter,
    };
}
