using System.Net;
using System.Text.Json;
using CleverRemoteOperator.CleverCloud.Wire;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Configuration.Texts;
using Polly.CircuitBreaker;

namespace CleverRemoteOperator.CleverCloud.Http;

/// <summary>Turns what went wrong with a request into the exception that tells the caller what it means.</summary>
/// <param name="credentials">Whose values never stand in a message, should an answer echo them.</param>
internal sealed class CleverFailure(CleverCredentials credentials, TimeProvider time)
{
    private const int ExcerptLength = 256;
    private const int IdLength = 64;
    private const string RateLimitId = "403";
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    // The breaker is half open and its one probe runs.
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(1);

    private readonly SecretValues _secrets = SecretValues.Of(credentials);

    /// <summary>An answer that is no success. 4xx = refused; anything else leaves the outcome of a POST open.</summary>
    /// <param name="body">The answer's text, or the beginning of it.</param>
    public CleverApiException Refused(CleverRequest request, HttpResponseMessage answer, string body)
    {
        var (text, id, isPage) = Read(request, body);
        var status = answer.StatusCode;
        var isRateLimit = status == HttpStatusCode.TooManyRequests || (status == HttpStatusCode.Forbidden && id == RateLimitId);
        var message = $"{request}: {(int)status} {Clean(request, answer.ReasonPhrase ?? "", 40)}".TrimEnd()
            + (text.Length > 0 ? $": {text}" : "") + (id is null ? "" : $" (id {id})");
        return new CleverApiException(message, status, id)
        {
            IsRateLimit = isRateLimit,
            IsNotFound = status == HttpStatusCode.NotFound && !isPage,
            CanRetry = isRateLimit || (int)status >= 500 || status == HttpStatusCode.RequestTimeout || (status == HttpStatusCode.NotFound && isPage),
            // Somebody on the way who gave up waiting knows no more than we do.
            IsOutcomeUnknown = !request.IsIdempotent && ((int)status is < 400 or >= 500 || status == HttpStatusCode.RequestTimeout),
            RetryAfter = RetryAfter(answer),
        };
    }

    /// <summary>A success whose body cannot be read: for a POST it may well have taken effect.</summary>
    public CleverApiException Unreadable(CleverRequest request, HttpStatusCode status, Exception cause) =>
        new($"{request}: {(int)status} with a body that cannot be read: {Clean(request, cause.Message, ExcerptLength)}", status, null, cause)
        {
            CanRetry = cause is not LimitExceededException,
            IsOutcomeUnknown = !request.IsIdempotent,
        };

    /// <summary>No answer, or only the beginning of one. Of a POST whose body did not begin to leave, the outcome is known: none.</summary>
    public CleverApiException NoAnswer(CleverRequest request, SentBody? body, Exception cause) =>
        new($"{request}: no answer: {Clean(request, Innermost(cause).Message, ExcerptLength)}", null, null, cause)
        {
            CanRetry = Innermost(cause) is not AddressRefusedException,
            IsOutcomeUnknown = !request.IsIdempotent && body is { IsSent: true },
        };

    /// <summary>The request was held up until it might not leave any more: somebody else may have asked for the same since.</summary>
    public static CleverApiException TooLate(CleverRequest request, TooLateException late) =>
        new($"{request}: {late.Message}", null, null, late) { IsOutcomeUnknown = true };

    /// <summary>The account's breaker is open.</summary>
    public static CleverApiException NotSent(CleverRequest request, BrokenCircuitException open) =>
        new($"{request}: not sent: the API fails: {Printable.Of(Innermost(open).Message, ExcerptLength)}", null, null, open)
        {
            CanRetry = true,
            RetryAfter = open.RetryAfter ?? ProbeTime,
        };

    private static Exception Innermost(Exception cause) => cause.InnerException is { } inner ? Innermost(inner) : cause;

    private TimeSpan? RetryAfter(HttpResponseMessage answer)
    {
        var asked = answer.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date - time.GetUtcNow());
        return wait is null ? null : TimeSpan.FromTicks(Math.Clamp(wait.Value.Ticks, 0, LongestRetryAfter.Ticks));
    }

    private (string Text, string? Id, bool IsPage) Read(CleverRequest request, string body)
    {
        var text = body.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith('<'))
        {
            return ("", null, true); // a gateway's page, not the API's words
        }

        return text.StartsWith('{') && Parse(text) is { } error
            ? (Clean(request, error.Message ?? error.Error ?? text, ExcerptLength), (error.Code ?? error.Id) is { } id ? Clean(request, id, IdLength) : null, false)
            : (Clean(request, text, ExcerptLength), null, false);
    }

    private static WireError? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, WireJson.Default.WireError);
        }
        catch (JsonException)
        {
            return null; // cut off, or not the API's JSON: shown as text
        }
    }

    private string Clean(CleverRequest request, string text, int length) =>
        Printable.Of(_secrets.With(request.Secrets).Hide(text), length);
}
