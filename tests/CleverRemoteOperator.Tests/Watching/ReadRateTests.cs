using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class ReadRateTests
{
    private const int Line = 1000;
    private readonly FakeTimeProvider _time = new();
    private readonly ReadRate _rate;

    public ReadRateTests() => _rate = new ReadRate(_time);

    [Fact]
    public void A_watch_that_worked_for_half_a_millisecond_lets_others_have_the_thread()
    {
        var watch = _rate.ForWatch();
        var (before, thread) = (SynchronizationContext.Current, new HeldThread());
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            Assert.True(Work(watch, TimeSpan.FromMilliseconds(0.25)).IsCompleted);
            Assert.False(Work(watch, TimeSpan.FromMilliseconds(0.25)).IsCompleted);
            Assert.Equal(1, thread.Waiting);
            Assert.True(Work(watch, TimeSpan.FromMilliseconds(0.25)).IsCompleted);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [Fact]
    public async Task Work_counts_as_well_as_bytes_and_a_quiet_watch_is_not_held_up_by_one_that_is_flooded()
    {
        var (flooded, quiet) = (_rate.ForWatch(), _rate.ForWatch());
        Task ended;
        var lines = 0;
        do
        {
            // Ten milliseconds of work for a line of a thousand bytes.
            ended = Work(flooded, TimeSpan.FromMilliseconds(10));
            lines++;
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
        }
        while (ended.IsCompleted && lines < 1000);

        // 32 MiB at 16 MiB a second of work, and 2 MiB a second that came back meanwhile.
        Assert.InRange(lines, 200, 260);
        Assert.True(Work(quiet, TimeSpan.Zero).IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await ended.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private Task Work(ReadRate.WatchRate watch, TimeSpan time)
    {
        watch.Begin();
        _time.Advance(time);
        return watch.EndAsync(Line, CancellationToken.None).AsTask();
    }

    /// <summary>A thread that others have: what is to go on there waits.</summary>
    private sealed class HeldThread : SynchronizationContext
    {
        public int Waiting { get; private set; }

        public override void Post(SendOrPostCallback d, object? state) => Waiting++;
    }
}
