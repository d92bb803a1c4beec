using System.Net;

namespace CleverRemoteOperator.CleverCloud;

/// <summary>What came back of a request to the Clever API: a row of <see cref="CleverFailureTable"/>.</summary>
internal enum CleverFailureKind
{
    /// <summary>429, v2's 403 with id 403, or our own budget for the account is used up.</summary>
    RateLimited,

    /// <summary>401: the token is not valid.</summary>
    Unauthorized,

    /// <summary>403: the token lacks the right.</summary>
    Forbidden,

    /// <summary>404 in the API's own words: it does not exist.</summary>
    NotFound,

    /// <summary>Any other 4xx: the API understood the request and refuses it.</summary>
    Rejected,

    /// <summary>404 with a page: a gateway on the way has no route. Says nothing of what was asked for.</summary>
    GatewayPage,

    /// <summary>408: a gateway on the way gave up waiting and knows no more than we do.</summary>
    GatewayTimeout,

    /// <summary>5xx with id -500: one provider is in trouble, not the API.</summary>
    ProviderUnavailable,

    /// <summary>Any other 5xx.</summary>
    Unavailable,

    /// <summary>A status below 400 that is no success, such as a redirect.</summary>
    Unexpected,

    /// <summary>A success whose body cannot be read.</summary>
    Unreadable,

    /// <summary>A success whose body is larger than the limit.</summary>
    TooLarge,

    /// <summary>No answer, or only the beginning of one.</summary>
    NoAnswer,

    /// <summary>The endpoint's address is not one the operator may connect to.</summary>
    AddressRefused,

    /// <summary>Not sent: the account's circuit breaker is open.</summary>
    CircuitOpen,

    /// <summary>Not sent: it was held up for too long, and somebody else may have asked for the same since.</summary>
    Expired,

    /// <summary>Not sent: the request cannot be built.</summary>
    InvalidRequest,
}

/// <summary>When the same request may succeed.</summary>
internal enum TryAgain
{
    /// <summary>Once somebody has changed something.</summary>
    AfterChange,

    /// <summary>After <c>Retry-After</c>, else with back-off.</summary>
    Later,

    /// <summary>When the account's budget allows; until then nothing of the account is sent.</summary>
    WithinBudget,
}

/// <summary>What is known of a POST that ended so. All other requests may be repeated.</summary>
internal enum PostOutcome
{
    /// <summary>It did not take effect.</summary>
    None,

    /// <summary>It may have taken effect.</summary>
    Unknown,

    /// <summary>It may have taken effect if its body began to leave.</summary>
    UnknownOnceSent,
}

/// <summary>What a failure means.</summary>
/// <param name="Again">When the same request may succeed.</param>
/// <param name="IsOutage">True when it counts towards opening the account's circuit breaker.</param>
/// <param name="Post">What became of a POST.</param>
internal sealed record CleverFailureMeaning(TryAgain Again, bool IsOutage, PostOutcome Post);

/// <summary>The one table of what came back, what it means, and when to try again.</summary>
internal static class CleverFailureTable
{
    // v2's id of a rate limit, and of "Error from provider".
    private const string RateLimitId = "403";
    private const string ProviderTroubleId = "-500";

    /// <summary>Which row an answer is.</summary>
    /// <param name="errorId">The API's own error id; null when it gave none.</param>
    /// <param name="isPage">True when the body is a page of a gateway, not the API's words.</param>
    public static CleverFailureKind KindOf(HttpStatusCode status, string? errorId, bool isPage) => (int)status switch
    {
        429 => CleverFailureKind.RateLimited,
        403 when errorId == RateLimitId => CleverFailureKind.RateLimited,
        401 => CleverFailureKind.Unauthorized,
        403 => CleverFailureKind.Forbidden,
        404 => isPage ? CleverFailureKind.GatewayPage : CleverFailureKind.NotFound,
        408 => CleverFailureKind.GatewayTimeout,
        >= 400 and < 500 => CleverFailureKind.Rejected,
        >= 500 when errorId == ProviderTroubleId => CleverFailureKind.ProviderUnavailable,
        >= 500 => CleverFailureKind.Unavailable,
        _ => CleverFailureKind.Unexpected,
    };

    /// <summary>What a row means.</summary>
    public static CleverFailureMeaning MeaningOf(CleverFailureKind kind) => kind switch
    {
        CleverFailureKind.RateLimited => new(TryAgain.WithinBudget, IsOutage: false, PostOutcome.None),
        CleverFailureKind.Unauthorized => new(TryAgain.AfterChange, IsOutage: false, PostOutcome.None),
        CleverFailureKind.Forbidden => new(TryAgain.AfterChange, IsOutage: false, PostOutcome.None),
        CleverFailureKind.NotFound => new(TryAgain.AfterChange, IsOutage: false, PostOutcome.None),
        CleverFailureKind.Rejected => new(TryAgain.AfterChange, IsOutage: false, PostOutcome.None),
        CleverFailureKind.GatewayPage => new(TryAgain.Later, IsOutage: false, PostOutcome.None),
        CleverFailureKind.GatewayTimeout => new(TryAgain.Later, IsOutage: false, PostOutcome.Unknown),
        CleverFailureKind.ProviderUnavailable => new(TryAgain.Later, IsOutage: false, PostOutcome.Unknown),
        CleverFailureKind.Unavailable => new(TryAgain.Later, IsOutage: true, PostOutcome.Unknown),
        CleverFailureKind.Unexpected => new(TryAgain.AfterChange, IsOutage: false, PostOutcome.Unknown),
        CleverFailureKind.Unreadable => new(TryAgain.Later, IsOutage: false, PostOutcome.Unknown),
        CleverFailureKind.TooLarge => new(TryAgain.AfterChange, IsOutage: false, PostOutcome.Unknown),
        CleverFailureKind.NoAnswer => new(TryAgain.Later, IsOutage: true, PostOutcome.UnknownOnceSent),
        CleverFailureKind.AddressRefused => new(TryAgain.AfterChange, IsOutage: false, PostOutcome.None),
        CleverFailureKind.CircuitOpen => new(TryAgain.Later, IsOutage: false, PostOutcome.None),
        CleverFailureKind.Expired => new(TryAgain.AfterChange, IsOutage: false, PostOutcome.Unknown),
        CleverFailureKind.InvalidRequest => new(TryAgain.AfterChange, IsOutage: false, PostOutcome.None),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
