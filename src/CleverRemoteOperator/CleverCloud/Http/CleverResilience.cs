using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace CleverRemoteOperator.CleverCloud.Http;

/// <summary>
/// How one account's requests meet trouble. Around a call: its deadline and, unless it is a POST, retries.
/// Around each try: the budget, the breaker and the try's own deadline. Credentials that were refused are not tried again for 5 s.
/// </summary>
internal sealed partial class CleverResilience
{
    private static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(2);

    // Thousands of resources may wait for one account: they need not each hear that its token is not valid.
    private static readonly TimeSpan RefusalLife = TimeSpan.FromSeconds(5);

    private readonly CleverApiOptions _options;
    private readonly Func<double> _random;
    private readonly ILogger<CleverApi> _logger;
    private readonly string _account;
    private readonly CircuitBreakerStateProvider _breakerState = new();
    private readonly RequestBudget _budget;
    private readonly ResiliencePipeline _call;
    private readonly ResiliencePipeline _callOnce;
    private readonly ResiliencePipeline _try;
    private readonly ResiliencePipeline _tryPost;
    private readonly TimeProvider _time;
    private volatile Refusal? _refusal;

    /// <param name="account">Names the account in logs.</param>
    /// <param name="random">Gives numbers from 0 up to 1.</param>
    public CleverResilience(
        string account, CleverApiOptions options, TimeProvider time, Func<double> random, ILogger<CleverApi> logger)
    {
        (_account, _options, _random, _logger, _time) = (account, options, random, logger, time);
        _budget = new RequestBudget(options.RequestsPerSecond, options.Burst, options.LongestWait, time);
        var breaker = Empty().AddCircuitBreaker(Breaker()).Build();
        _call = Empty().AddTimeout(options.CallTimeout).AddRetry(Retry()).Build();
        _callOnce = Empty().AddTimeout(options.CallTimeout).Build();
        _try = Empty().AddPipeline(breaker).AddTimeout(options.TryTimeout).Build();
        _tryPost = Empty().AddPipeline(breaker).AddTimeout(options.PostTimeout).Build();

        ResiliencePipelineBuilder Empty() => new() { TimeProvider = time };
    }

    /// <summary>Runs a request's tries. Besides what they throw: <see cref="BrokenCircuitException"/>, nothing was sent, and <see cref="TimeoutRejectedException"/>.</summary>
    public async Task<T> RunAsync<T>(CleverRequest request, Func<CancellationToken, Task<T>> send, CancellationToken token)
    {
        if (!request.IsPublic && _refusal is { } refusal && _time.GetElapsedTime(refusal.At) < RefusalLife)
        {
            throw new CleverApiException(refusal.Failure.Message, refusal.Failure.Kind) { Status = refusal.Failure.Status, ErrorId = refusal.Failure.ErrorId };
        }

        var (call, attempt) = request.IsIdempotent ? (_call, _try) : (_callOnce, _tryPost);
        return await call.ExecuteAsync(async callToken =>
        {
            await _budget.TakeAsync(request, callToken);
            try
            {
                return await attempt.ExecuteAsync(async tryToken => await send(tryToken), callToken);
            }
            catch (CleverApiException failure) when (failure.IsRateLimit)
            {
                _budget.SlowDown(failure.RetryAfter);
                LogSlowedDown(_account, request.Route, failure.RetryAfter is { } asked ? $", retry after {asked.TotalSeconds:0.#} s" : "");
                throw;
            }
            catch (CleverApiException failure) when (!request.IsPublic && failure.Kind == CleverFailureKind.Unauthorized)
            {
                _refusal = new Refusal(failure, _time.GetTimestamp());
                throw;
            }
        }, token);
    }

    private RetryStrategyOptions Retry() => new()
    {
        MaxRetryAttempts = _options.Retries,
        Delay = _options.RetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Randomizer = _random,
        ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Exception is TimeoutRejectedException
            || (outcome.Outcome.Exception is CleverApiException { CanRetry: true } failure && !(failure.RetryAfter > _options.LongestWait))),
        // After a rate limit it is the budget that waits, for all requests of the account.
        DelayGenerator = outcome => ValueTask.FromResult(
            outcome.Outcome.Exception is CleverApiException { IsRateLimit: false } failure ? failure.RetryAfter : null),
    };

    private CircuitBreakerStrategyOptions Breaker() => new()
    {
        FailureRatio = 1,
        MinimumThroughput = _options.BreakerFailures,
        SamplingDuration = TimeSpan.FromSeconds(30),
        StateProvider = _breakerState,
        ShouldHandle = outcome => ValueTask.FromResult(CountsAgainstApi(outcome.Outcome.Exception)),
        BreakDurationGenerator = trouble =>
        {
            var doubled = _options.BreakTime * Math.Pow(2, Math.Min(trouble.HalfOpenAttempts, 16));
            return ValueTask.FromResult((doubled < LongestBreak ? doubled : LongestBreak) * (1 - (_random() / 10)));
        },
        OnOpened = opened =>
        {
            LogOpened(_account, opened.BreakDuration.TotalSeconds, opened.Outcome.Exception?.Message);
            return default;
        },
        OnClosed = _ =>
        {
            LogClosed(_account);
            return default;
        },
    };

    /// <summary>What the table calls an outage counts. So does a cancelled probe, which otherwise would close the breaker unseen.</summary>
    private bool CountsAgainstApi(Exception? failure) => failure switch
    {
        CleverApiException { IsOutage: true } => true,
        TimeoutRejectedException => true,
        OperationCanceledException => _breakerState.CircuitState == CircuitState.HalfOpen,
        _ => false,
    };

    private sealed record Refusal(CleverApiException Failure, long At);

    [LoggerMessage(EventId = 410, Level = LogLevel.Information, Message = "The Clever API rate-limits account {Account} at {Route}{RetryAfter}")]
    private partial void LogSlowedDown(string account, string route, string retryAfter);

    [LoggerMessage(EventId = 411, Level = LogLevel.Warning, Message = "The Clever API keeps failing for account {Account}; sending nothing for {Break:0.#} s: {Failure}")]
    private partial void LogOpened(string account, double @break, string? failure);

    [LoggerMessage(EventId = 412, Level = LogLevel.Information, Message = "The Clever API answers account {Account} again")]
    private partial void LogClosed(string account);
}
