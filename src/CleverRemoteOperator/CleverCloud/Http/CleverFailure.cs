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

    // The breaker is half open and its one probe runs.
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(1);

    private readonly SecretValues _secrets = SecretValues.Of(credentials);

    /// <summary>An answer that is no success.</summary>
    /// <param name="body">The answer's text, or the beginning of it.</param>
    public CleverApiException Refused(CleverRequest request, HttpResponseMessage answer, string body)
    {
        var (text, id, isPage) = Read(request, body);
        var status = answer.StatusCode;
        var message = $"{request}: {(int)status} {Clean(request, answer.ReasonPhrase ?? "", 40)}".TrimEnd()
            + (text.Length > 0 ? $": {text}" : "") + (id is null ? "" : $" (id {id})");
        return Of(request, null, message, CleverFailureTable.KindOf(status, id, isPage), status, id, RetryAfter.Of(answer, time));
    }

    /// <summary>A success whose body cannot be read: for a POST it may well have taken effect.</summary>
    public CleverApiException Unreadable(CleverRequest request, HttpStatusCode status, Exception cause) => Of(
        request, null, $"{request}: {(int)status} but the body is not valid: {Clean(request, cause.Message, ExcerptLength)}",
        cause is LimitExceededException ? CleverFailureKind.TooLarge : CleverFailureKind.Unreadable, status, inner: cause);

    /// <summary>No answer, or only the beginning of one. Of a POST whose body did not begin to leave, the outcome is known: none.</summary>
    public CleverApiException NoAnswer(CleverRequest request, SentBody? body, Exception cause) => Of(
        request, body, $"{request}: no answer: {Clean(request, Innermost(cause).Message, ExcerptLength)}",
        Innermost(cause) is AddressRefusedException ? CleverFailureKind.AddressRefused : CleverFailureKind.NoAnswer, inner: cause);

    /// <summary>The request was held up until it might not leave any more: somebody else may have asked for the same since.</summary>
    public static CleverApiException TooLate(CleverRequest request, TooLateException late) =>
        Of(request, null, $"{request}: {late.Message}", CleverFailureKind.Expired, inner: late);

    /// <summary>The account's breaker is open.</summary>
    public static CleverApiException NotSent(CleverRequest request, BrokenCircuitException open) => Of(
        request, null, $"{request}: not sent, because the API keeps failing: {Printable.Of(Innermost(open).Message, ExcerptLength)}", CleverFailureKind.CircuitOpen,
        retryAfter: open.RetryAfter ?? ProbeTime, inner: open);

    private static CleverApiException Of(
        CleverRequest request, SentBody? body, string message, CleverFailureKind kind, HttpStatusCode? status = null, string? id = null,
        TimeSpan? retryAfter = null, Exception? inner = null) => new(message, kind, inner)
        {
            Status = status,
            ErrorId = id,
            IsOutcomeUnknown = !request.IsIdempotent && CleverFailureTable.MeaningOf(kind).Post switch
            {
                PostOutcome.None => false,
                PostOutcome.UnknownOnceSent => body is { IsSent: true },
                _ => true,
            },
            RetryAfter = retryAfter,
        };

    private static Exception Innermost(Exception cause) => cause.InnerException is { } inner ? Innermost(inner) : cause;

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
