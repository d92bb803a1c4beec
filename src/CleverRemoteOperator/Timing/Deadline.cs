namespace CleverRemoteOperator.Timing;

/// <summary>
/// A time limit on something that can be stopped from outside as well: <see cref="Token"/> is cancelled by either, and
/// <see cref="HasExpired"/> tells which it was.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _stopping;

    /// <param name="limit">How long it may take; zero or less has expired already.</param>
    /// <param name="stop">Stops it from outside.</param>
    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken stop)
    {
        _source = new CancellationTokenSource(AtLeastZero(limit), time);
        _stop = stop;
        _stopping = stop.UnsafeRegister(source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>Cancelled when time is up or when it is stopped from outside.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>
    /// True when time is up and nobody asked to stop: an <see cref="OperationCanceledException"/> is then this deadline's. Where neither
    /// is the case somebody else gave up, such as a connection's own timeout.
    /// </summary>
    public bool HasExpired => _source.IsCancellationRequested && !_stop.IsCancellationRequested;

    /// <summary>Sets the time that is left from now on; zero or less expires it. Does nothing once it has expired or was stopped.</summary>
    public void Reset(TimeSpan left) => _source.CancelAfter(AtLeastZero(left));

    /// <summary>Lifts the limit: from now on only a stop from outside cancels the token.</summary>
    public void Lift() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _stopping.Dispose();
        _source.Dispose();
    }

    private static TimeSpan AtLeastZero(TimeSpan limit) => limit > TimeSpan.Zero ? limit : TimeSpan.Zero;
}
