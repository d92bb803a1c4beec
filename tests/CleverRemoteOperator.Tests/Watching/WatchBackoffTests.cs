using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class WatchBackoffTests
{
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Doubles_from_800_ms_to_its_cap_with_full_jitter()
    {
        var backoff = new WatchBackoff(_time, () => 0.5);
        var seconds = Enumerable.Range(0, 8).Select(_ => backoff.Next(Cap, TimeSpan.Zero).TotalSeconds);
        Assert.Equal([0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 15, 15], seconds.Select(value => Math.Round(value, 3)));
    }

    [Fact]
    public void Starts_again_after_two_good_minutes()
    {
        var backoff = new WatchBackoff(_time, () => 0.5);
        for (var failure = 0; failure < 10; failure++)
        {
            _time.Advance(backoff.Next(Cap, TimeSpan.Zero));
        }

        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(15, backoff.Next(Cap, TimeSpan.Zero).TotalSeconds);
        _time.Advance(TimeSpan.FromSeconds(15 + 121));
        Assert.Equal(0.4, backoff.Next(Cap, TimeSpan.Zero).TotalSeconds);
    }

    [Fact]
    public void Never_waits_less_than_the_server_asked_for() =>
        Assert.Equal(60.4, new WatchBackoff(_time, () => 0.5).Next(Cap, TimeSpan.FromSeconds(60)).TotalSeconds);
}
