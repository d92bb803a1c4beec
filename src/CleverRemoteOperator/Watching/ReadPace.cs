using CleverRemoteOperator.Timing;

namespace CleverRemoteOperator.Watching;

/// <summary>A deadline that grows with what arrives: half a minute, and for every 16 KiB a second more.</summary>
internal sealed class ReadPace : IDisposable
{
    private const double BytesPerSecond = 16 * 1024;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Deadline _deadline;
    private long _received;
    private bool _isOver;

    /// <param name="stop">Ends what is read as well.</param>
    public ReadPace(TimeProvider time, CancellationToken stop)
    {
        (_time, _started) = (time, time.GetTimestamp());
        _deadline = new Deadline(Grace, time, stop);
    }

    /// <summary>Cancelled when too little has come for the time it took.</summary>
    public CancellationToken Token => _deadline.Token;

    /// <inheritdoc cref="Deadline.HasExpired"/>
    public bool HasExpired => _deadline.HasExpired;

    /// <summary>So many bytes have come.</summary>
    public void Received(int bytes)
    {
        _received += bytes;
        if (!_isOver)
        {
            _deadline.Reset(Grace + TimeSpan.FromSeconds(_received / BytesPerSecond) - _time.GetElapsedTime(_started));
        }
    }

    /// <summary>All has come in time: what follows is not measured.</summary>
    public void End()
    {
        if (!_isOver)
        {
            _isOver = true;
            _deadline.Lift();
        }
    }

    /// <summary>For people: what came, and how long that took.</summary>
    public override string ToString() => $"{_received} bytes in {_time.GetElapsedTime(_started).TotalSeconds:0} s";

    public void Dispose() => _deadline.Dispose();
}
