using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.CleverCloud;

/// <summary>A fake clock that moves on by itself when somebody waits for less than the limit of a try, and notes for how long.</summary>
internal sealed class ImpatientTime() : FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(10);

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < TryTimeout)
        {
            Waits.Enqueue(dueTime);
            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        }

        return timer;
    }
}
