namespace CleverRemoteOperator.CleverCloud.Http;

/// <summary>
/// How fast one account may ask: a token bucket that, when the API says it was too fast, stops for as long as it says,
/// goes on at half the rate and is back at the full one within a minute. Thread-safe.
/// </summary>
/// <param name="perSecond">Requests a second, at most.</param>
/// <param name="burst">Requests at once after a quiet time.</param>
/// <param name="longestWait">Who would wait longer is turned away at once.</param>
internal sealed class RequestBudget(double perSecond, int burst, TimeSpan longestWait, TimeProvider time)
{
    private const double SlowestPerSecond = 1;
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private double _tokens = burst; // below zero: so many wait
    private TimeSpan _filled;
    private TimeSpan _pausedUntil;
    private int _pauses;
    private double _slowedBy;

    /// <summary>Takes one request from the budget, waiting for it if need be.</summary>
    /// <exception cref="CleverApiException">It would take too long; nothing was sent.</exception>
    public async Task TakeAsync(CleverRequest request, CancellationToken token)
    {
        while (true)
        {
            var (wait, pauses) = Reserve(request);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, token);
            }

            if (pauses == Volatile.Read(ref _pauses))
            {
                return;
            }
        }
    }

    /// <summary>The API said that it was asked too often.</summary>
    /// <param name="retryAfter">When it may be asked again; absent = in 1 s.</param>
    public void SlowDown(TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            var now = time.GetElapsedTime(_start);
            Fill(now);
            if (now >= _pausedUntil) // answers to requests sent before the pause tell nothing new
            {
                _slowedBy = perSecond - Math.Min(perSecond, Math.Max(SlowestPerSecond, Rate(now) / 2));
            }

            var until = now + (retryAfter ?? DefaultPause);
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
            _filled = _pausedUntil;
            _tokens = 0;
            _pauses++; // whoever waits asks again, so nobody holds a place any more
        }
    }

    private (TimeSpan Wait, int Pauses) Reserve(CleverRequest request)
    {
        lock (_lock)
        {
            var wait = Wait(time.GetElapsedTime(_start));
            if (wait > longestWait)
            {
                throw new CleverApiException(
                    $"{request}: not sent, to stay below the rate limit of the account", CleverFailureKind.RateLimited)
                { RetryAfter = wait };
            }

            _tokens -= 1;
            return (wait, _pauses);
        }
    }

    private TimeSpan Wait(TimeSpan now)
    {
        Fill(now);
        var pause = _pausedUntil > now ? _pausedUntil - now : TimeSpan.Zero;
        return _tokens >= 1 && pause == TimeSpan.Zero ? TimeSpan.Zero : pause + TimeSpan.FromSeconds((1 - _tokens) / Rate(now));
    }

    private void Fill(TimeSpan now)
    {
        if (now > _filled)
        {
            _tokens = Math.Min(burst, _tokens + ((now - _filled).TotalSeconds * Rate(now)));
            _filled = now;
        }
    }

    private double Rate(TimeSpan now) => perSecond - (_slowedBy * (1 - Math.Clamp((now - _pausedUntil) / Recovery, 0, 1)));
}
