using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests;

/// <summary>
/// A machine whose clock on the wall is off, or is set: time passes there as it does in the test. It knows what waits for it, so a test
/// goes from one moment at which something happens to the next, not through all that lies between.
/// </summary>
internal sealed class SkewedTime(FakeTimeProvider time) : TimeProvider
{
    private readonly ConcurrentDictionary<WaitingTimer, long> _due = new();

    /// <summary>How far the clock on the wall is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>When the next timer is due, from now; null while there is none.</summary>
    public TimeSpan? UntilNext
    {
        get
        {
            var now = time.GetTimestamp();
            var next = _due.Values.Where(due => due > now).DefaultIfEmpty(long.MaxValue).Min();
            return next == long.MaxValue ? null : time.GetElapsedTime(now, next);
        }
    }

    /// <summary>How many timers run.</summary>
    public int Timers => _due.Count;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Ahead;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WaitingTimer(this, callback, state, period);
        timer.Start(dueTime);
        return timer;
    }

    private sealed class WaitingTimer(SkewedTime owner, TimerCallback callback, object? state, TimeSpan period) : ITimer
    {
        private readonly Lock _lock = new();
        private TimeSpan _period = period;
        private ITimer? _inner;
        private bool _isDisposed;

        public void Start(TimeSpan dueTime)
        {
            Expect(dueTime);
            var inner = owner.Inner.CreateTimer(_ => Fire(), null, dueTime, _period);
            lock (_lock)
            {
                _inner = inner;
                if (!_isDisposed)
                {
                    return;
                }
            }

            inner.Dispose();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Expect(dueTime);
            lock (_lock)
            {
                return _inner?.Change(dueTime, period) ?? false;
            }
        }

        public void Dispose()
        {
            ITimer? inner;
            lock (_lock)
            {
                (_isDisposed, inner) = (true, _inner);
            }

            owner._due.TryRemove(this, out _);
            inner?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire()
        {
            Expect(_period);
            callback(state);
        }

        private void Expect(TimeSpan dueTime)
        {
            lock (_lock)
            {
                if (_isDisposed || dueTime == Timeout.InfiniteTimeSpan || dueTime == TimeSpan.Zero)
                {
                    owner._due.TryRemove(this, out _);
                }
                else
                {
                    owner._due[this] = owner.GetTimestamp() + (long)(dueTime.TotalSeconds * owner.TimestampFrequency);
                }
            }
        }
    }

    private FakeTimeProvider Inner => time;
}
