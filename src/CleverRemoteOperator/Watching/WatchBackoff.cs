namespace CleverRemoteOperator.Watching;

/// <summary>How long a watch waits after a failure: 800 ms, doubling to a cap, with full jitter; from the start again after two good minutes.</summary>
/// <param name="random">Gives numbers from 0 to below 1.</param>
internal sealed class WatchBackoff(TimeProvider time, Func<double> random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(120);

    private int _failures;
    private TimeSpan _delay;
    private long? _since;

    /// <summary>The next delay.</summary>
    /// <param name="atLeast">What the server asked for; zero when it did not.</param>
    public TimeSpan Next(TimeSpan cap, TimeSpan atLeast)
    {
        if (_since is { } since && time.GetElapsedTime(since) - _delay > Healthy)
        {
            _failures = 0;
        }

        var ceiling = Math.Min(cap.TotalSeconds, First.TotalSeconds * Math.Pow(2, _failures++));
        (_delay, _since) = (TimeSpan.FromSeconds(random() * ceiling) + atLeast, time.GetTimestamp());
        return _delay;
    }
}
