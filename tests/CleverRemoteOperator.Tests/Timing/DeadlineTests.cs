using CleverRemoteOperator.Timing;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Timing;

/// <summary>Whether an end was the deadline's or was asked for from outside.</summary>
public sealed class DeadlineTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose() => _stop.Dispose();

    [Fact]
    public void It_expires_when_time_is_up_and_not_before()
    {
        using var deadline = new Deadline(Limit, _time, _stop.Token);

        _time.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(deadline.Token.IsCancellationRequested);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.True(deadline.HasExpired);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stop_from_outside_is_no_expiry(bool isStoppedBefore)
    {
        if (isStoppedBefore)
        {
            _stop.Cancel();
        }

        using var deadline = new Deadline(Limit, _time, _stop.Token);
        _stop.Cancel();

        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.HasExpired);
        _time.Advance(Limit * 2);
        Assert.False(deadline.HasExpired);
    }

    [Fact]
    public void A_cancellation_that_is_neither_is_not_its_own()
    {
        using var deadline = new Deadline(Limit, _time, _stop.Token);

        Assert.False(deadline.HasExpired);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Time_that_is_up_already_has_expired(int seconds)
    {
        using var deadline = new Deadline(TimeSpan.FromSeconds(seconds), _time, _stop.Token);

        Assert.True(deadline.HasExpired);
    }

    [Fact]
    public void Reset_counts_from_now_and_a_lifted_deadline_ends_by_a_stop_alone()
    {
        using var deadline = new Deadline(Limit, _time, _stop.Token);

        _time.Advance(Limit / 2);
        deadline.Reset(Limit);
        _time.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(deadline.HasExpired);

        deadline.Lift();
        _time.Advance(Limit * 100);
        Assert.False(deadline.Token.IsCancellationRequested);

        _stop.Cancel();
        Assert.True(deadline.Token.IsCancellationRequested);
    }

    [Fact]
    public void Disposed_it_no_longer_listens_to_the_stop()
    {
        var deadline = new Deadline(Limit, _time, _stop.Token);
        var token = deadline.Token;
        deadline.Dispose();

        _stop.Cancel();

        Assert.False(token.IsCancellationRequested);
    }
}
