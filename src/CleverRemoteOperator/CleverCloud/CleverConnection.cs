using CleverRemoteOperator.Configuration;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace CleverRemoteOperator.CleverCloud;

/// <summary>Sends the requests of one account.</summary>
/// <param name="resilience">The account's own: tries, budget and breaker.</param>
internal sealed class CleverConnection(
    CleverCredentials credentials, HttpMessageInvoker http, CleverResilience resilience, TimeProvider time, CleverRequestObserver observer,
    ILogger<CleverApi> logger)
{
    private readonly CleverExchange _exchange = new(credentials, http, time, observer, logger);
    private readonly CleverFailure _failure = new(credentials, time);

    /// <summary>Sends the request, again where that is safe, and reads its answer.</summary>
    public async Task<T> SendAsync<T>(CleverRequest request, AnswerReader<T> read, CancellationToken token)
    {
        SentBody? body = null;
        try
        {
            return await resilience.RunAsync(request, tryToken =>
            {
                body = request.Body is { } json ? new SentBody(json, request.MayLeave) : null;
                return _exchange.SendAsync(request, body, read, tryToken);
            }, token);
        }
        catch (BrokenCircuitException open)
        {
            throw CleverFailure.NotSent(request, open);
        }
        catch (TimeoutRejectedException late)
        {
            throw _failure.NoAnswer(request, body, late);
        }
    }
}
