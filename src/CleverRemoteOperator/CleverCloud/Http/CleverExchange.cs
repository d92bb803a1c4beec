using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.CleverCloud.Http;

/// <summary>One try of one request with one set of credentials: signed, sent, its answer read.</summary>
internal sealed partial class CleverExchange(
    CleverCredentials credentials, HttpMessageInvoker http, TimeProvider time, CleverRequestObserver observer, ILogger<CleverApi> logger)
{
    private const int ErrorLimit = 64 * 1024;

    private static readonly string UserAgent =
        $"{OperatorNames.Own}/{Assembly.GetExecutingAssembly().GetName().Version?.ToString(3)}";

    // Without user name and path, whatever the configured endpoint carries.
    private readonly Uri _origin = new(credentials.Endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
    private readonly CleverFailure _failure = new(credentials, time);

    /// <summary>Sends, and reads the body of a success.</summary>
    /// <param name="body">The request's body: it tells whether anything left, even when this ends by cancellation.</param>
    /// <exception cref="CleverApiException">Whatever went wrong, but for the cancellation of <paramref name="token"/>.</exception>
    public async Task<T> SendAsync<T>(CleverRequest request, SentBody? body, AnswerReader<T> read, CancellationToken token)
    {
        var started = time.GetTimestamp();
        HttpStatusCode? status = null;
        try
        {
            using var message = Message(request, body);
            using var answer = await http.SendAsync(message, token);
            status = answer.StatusCode;
            return answer.IsSuccessStatusCode
                ? await ReadAsync(request, answer, read, token)
                : throw _failure.Refused(request, answer, await BeginningAsync(answer, token));
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException
            || (cause is OperationCanceledException && !token.IsCancellationRequested))
        {
            // A cancellation that is not ours is the handler's own limit on connecting.
            throw _failure.NoAnswer(request, body, cause);
        }
        catch (TooLateException late)
        {
            throw CleverFailure.TooLate(request, late);
        }
        finally
        {
            var elapsed = time.GetElapsedTime(started);
            observer(request.Method.Method, request.Route, (int?)status, elapsed);
            LogRequest(request.Method.Method, request.Route, (int?)status, (long)elapsed.TotalMilliseconds);
        }
    }

    private HttpRequestMessage Message(CleverRequest request, SentBody? body)
    {
        var uri = new Uri(_origin, request.Path);
        var message = new HttpRequestMessage(request.Method, uri)
        {
            Content = body,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (!request.IsPublic)
        {
            message.Headers.TryAddWithoutValidation("Authorization", RequestSigner.Authorization(
                credentials, request.Method, uri, Guid.NewGuid().ToString("N"), time.GetUtcNow()));
        }

        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        return message;
    }

    private async Task<T> ReadAsync<T>(
        CleverRequest request, HttpResponseMessage answer, AnswerReader<T> read, CancellationToken token)
    {
        try
        {
            await using var stream = new LimitedStream(await answer.Content.ReadAsStreamAsync(token), request.AnswerLimit);
            return await read(stream, token);
        }
        catch (Exception cause) when (cause is JsonException or LimitExceededException or InvalidDataException)
        {
            throw _failure.Unreadable(request, answer.StatusCode, cause);
        }
    }

    /// <summary>The beginning of an error's body: a cut or unreadable one must not hide the status.</summary>
    private static async Task<string> BeginningAsync(HttpResponseMessage answer, CancellationToken token)
    {
        var buffer = new byte[ErrorLimit];
        var read = 0;
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(token);
            read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or InvalidDataException)
        {
            return "";
        }

        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    [LoggerMessage(EventId = 400, Level = LogLevel.Debug, Message = "Clever API {Method} {Route}: {Status} after {Milliseconds} ms")]
    private partial void LogRequest(string method, string route, int? status, long milliseconds);
}
