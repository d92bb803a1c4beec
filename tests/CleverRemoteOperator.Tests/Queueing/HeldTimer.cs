namespace CleverRemoteOperator.Tests.Queueing;

/// <summary>A clock whose one timer is called by the test, even after it was disposed of, as a timer already on its way is.</summary>
internal sealed class HeldTimer : TimeProvider, ITimer
{
    private TimerCallback _callback = _ => { };
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _callback = callback;
        return this;
    }

    public bool Change(TimeSpan dueTime, TimeSpan period) => true;

    /// <summary>Calls the timer, an hour later.</summary>
    public void Fire()
    {
        _now += TimeSpan.TicksPerHour;
        _callback(null);
    }

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
