using System.Net;
using System.Text.Json;
using CleverRemoteOperator.Configuration.Texts;
using k8s.Models;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>Turns whatever went wrong with a request into a <see cref="KubernetesApiException"/> with plain words.</summary>
internal static class ApiError
{
    private const int MaxExcerpt = 512;

    /// <summary>An answer with a status of 300 or more, of which the start of the body was read.</summary>
    public static KubernetesApiException FromAnswer(ApiRequest request, HttpResponseMessage response, ReadOnlySpan<byte> body, TimeProvider time)
    {
        var status = JsonAnswer.TryParseStatus(body);
        var secrets = SentSecrets.Of(response.RequestMessage, request.Body);
        // Not followed, as the token would go along.
        var detail = response.Headers.Location is { IsAbsoluteUri: true } elsewhere ? ", a redirect to " + Printable.Of(secrets.Hide($"{elsewhere.Scheme}://{elsewhere.Authority}"), MaxExcerpt)
            : status is null ? "" : ": " + Printable.Ends(secrets.Hide(status.Message ?? ""), MaxExcerpt);
        return new KubernetesApiException($"{request}: {(int)response.StatusCode} {response.StatusCode}{detail}", response.StatusCode, Printable.Of(secrets.Hide(status?.Reason ?? ""), 64))
        {
            RetryAfter = RetryAfter.Of(response, time) is { } wait && wait > TimeSpan.Zero ? wait : AskedFor(status),
        };
    }

    /// <summary>A Status object that came in a stream, after the answer had begun well.</summary>
    /// <param name="sent">The request that opened the stream; null when it is not known.</param>
    public static KubernetesApiException FromStatus(string request, V1Status status, HttpRequestMessage? sent = null)
    {
        var secrets = SentSecrets.Of(sent);
        var reason = Printable.Of(secrets.Hide(status.Reason ?? ""), 64);
        return new KubernetesApiException(
            $"{request}: {status.Code ?? 0} {reason}: {Printable.Ends(secrets.Hide(status.Message ?? ""), MaxExcerpt)}",
            status.Code is >= 100 and <= 599 ? (HttpStatusCode)status.Code : null,
            reason)
        {
            RetryAfter = AskedFor(status),
        };
    }

    /// <summary>A request that got no answer, or only part of one.</summary>
    /// <param name="problem">What is known besides; empty for nothing.</param>
    public static KubernetesApiException FromFailure(string request, Exception failure, string problem = "")
    {
        var (reason, words) = Describe(failure);
        return new KubernetesApiException($"{request}: {words}{(problem.Length == 0 ? "" : $" (and {problem})")}", null, reason, failure);
    }

    /// <summary>A request that took longer than it may.</summary>
    public static KubernetesApiException FromDeadline(string request, TimeSpan limit) =>
        new($"{request}: no answer within {limit.TotalSeconds:0} s", null, FailureReason.Timeout);

    private static (string Reason, string Words) Describe(Exception failure) => failure switch
    {
        ConnectException connect => (connect.Reason, Printable.Of(connect.Message, MaxExcerpt)),
        { InnerException: ConnectException connect } => (connect.Reason, Printable.Of(connect.Message, MaxExcerpt)),
        // What the runtime throws when it stops to wait for a connection, a proxy or TLS.
        OperationCanceledException => (FailureReason.ConnectTimeout, "no connection within 10 s"),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => (FailureReason.UnknownHost, "the server's name does not resolve"),
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => (FailureReason.Proxy, Printable.Of(failure.Message, MaxExcerpt)),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
            (FailureReason.NoConnection, "no connection: " + Printable.Of(failure.InnerException?.Message ?? failure.Message, MaxExcerpt)),
        _ when TlsWords.Alert(failure) is { } alert => (FailureReason.Tls, "the server's certificate or TLS is not accepted: " + alert),
        JsonException => ("Malformed", "the answer is not the expected JSON"),
        ObjectDisposedException => (FailureReason.BrokenOff, "the connection was closed by the operator"),
        InvalidDataException => (FailureReason.BrokenOff, "the answer is damaged: " + Printable.Of(failure.Message, MaxExcerpt)),
        _ => (FailureReason.BrokenOff, "the connection broke off: " + Printable.Of((failure.InnerException ?? failure).Message, MaxExcerpt)),
    };

    private static TimeSpan? AskedFor(V1Status? status) =>
        status?.Details?.RetryAfterSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
}
