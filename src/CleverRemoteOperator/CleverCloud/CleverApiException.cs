using System.Net;

namespace CleverRemoteOperator.CleverCloud;

/// <summary>A request to the Clever API that failed. Its message holds no credential and no more than 256 characters of the answer.</summary>
/// <param name="message">What was asked, the status, and the API's own words, bounded and without control characters.</param>
/// <param name="status">Status of the answer; null when there was none.</param>
/// <param name="errorId">The API's own error id or code; null when it gave none.</param>
internal sealed class CleverApiException(string message, HttpStatusCode? status, string? errorId, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Status of the answer; null when there was none (network error, time-out, open breaker, empty budget).</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>The API's own error id (v2: a number) or code (v4).</summary>
    public string? ErrorId { get; } = errorId;

    /// <summary>True when the request may have taken effect although no answer says so. Only then may a created add-on exist unseen.</summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>True for a rate limit: 429, or v2's 403 with id 403.</summary>
    public bool IsRateLimit { get; init; }

    /// <summary>True when the same request may succeed later: no answer, rate limit, 5xx.</summary>
    public bool CanRetry { get; init; }

    /// <summary>True when the API itself says that what was asked for does not exist; a gateway's page says nothing about that.</summary>
    public bool IsNotFound { get; init; }

    /// <summary>When to try again, if the API or the breaker said so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
