namespace CleverRemoteOperator.Watching;

/// <summary>A deadline that grows with what arrives: half a minute, and for every 16 KiB a second more.</summary>
internal sealed class ReadPace : IDisposable
{
    private const double BytesPerSecond = 16 * 1024;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _either;
    private long _received;
    private bool _isOver;

    /// <param name="stop">Ends what is read as well.</param>
    public ReadPace(TimeProvider time, CancellationToken stop)
    {
        (_time, _started) = (time, time.GetTimestamp());
        _late = new CancellationTokenSource(Grace, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(stop, _late.Token);
    }

    /// <summary>Cancelled when too little has come for the time it took.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether the time is up.</summary>
    public bool IsLate => _late.IsCancellationRequested;

    /// <summary>So many bytes have come.</summary>
    public void Received(int bytes)
    {
        _received += bytes;
        if (!_isOver)
        {
            var left = Grace + TimeSpan.FromSeconds(_received / BytesPerSecond) - _time.GetElapsedTime(_started);
            _late.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    /// <summary>All has come in time: what follows is not measured.</summary>
    public void End()
    {
        if (!_isOver)
        {
            _isOver = true;
            _late.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>For people: what came, and how long that took.</summary>
    public override string ToString() => $"{_received} bytes in {_time.GetElapsedTime(_started).TotalSeconds:0} s";

    public void Dispose()
    {
        _either.Dispose();
        _late.Dispose();
    }
}
