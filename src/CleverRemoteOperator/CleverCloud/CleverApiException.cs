using System.Net;

namespace CleverRemoteOperator.CleverCloud;

/// <summary>
/// A request to the Clever API that failed; <see cref="CleverFailureTable"/> says what each kind means. Its message holds no credential
/// and no more than 256 characters of the answer.
/// </summary>
/// <param name="message">What was asked, the status, and the API's own words, bounded and without control characters.</param>
internal sealed class CleverApiException(string message, CleverFailureKind kind, Exception? inner = null) : Exception(message, inner)
{
    private readonly CleverFailureMeaning _meaning = CleverFailureTable.MeaningOf(kind);

    /// <summary>The API answered, in its own words, with a status that is no success.</summary>
    public CleverApiException(string message, HttpStatusCode status, string? errorId)
        : this(message, CleverFailureTable.KindOf(status, errorId, isPage: false)) => (Status, ErrorId) = (status, errorId);

    /// <summary>What came back.</summary>
    public CleverFailureKind Kind { get; } = kind;

    /// <summary>Status of the answer; null when there was none (network error, time-out, open breaker, empty budget).</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The API's own error id (v2: a number) or code (v4); null when it gave none.</summary>
    public string? ErrorId { get; init; }

    /// <summary>True when the request may have taken effect although no answer says so. Only then may a created add-on exist unseen.</summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>When to try again, if the API or the breaker said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True for a rate limit: 429, or v2's 403 with id 403.</summary>
    public bool IsRateLimit => Kind == CleverFailureKind.RateLimited;

    /// <summary>True when the API itself says that what was asked for does not exist; a gateway's page says nothing about that.</summary>
    public bool IsNotFound => Kind == CleverFailureKind.NotFound;

    /// <summary>True when the same request may succeed later: no answer, rate limit, 5xx.</summary>
    public bool CanRetry => _meaning.Again != TryAgain.AfterChange;

    /// <summary>True when it says that the API is down.</summary>
    public bool IsOutage => _meaning.IsOutage;
}
