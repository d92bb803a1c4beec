using CleverRemoteOperator.Clusters;

namespace CleverRemoteOperator.Tests.Clusters;

public sealed class ClusterBackoffTests
{
    [Fact]
    public void Five_failures_open_the_breaker_and_then_it_is_probed_every_30_s_to_5_min()
    {
        var retry = new ClusterBackoff(() => 0);

        Assert.Equal([1, 2, 4, 8, 16, 30, 60, 120, 240, 300, 300], Enumerable.Range(0, 11).Select(_ => retry.Next().TotalSeconds));
    }

    [Fact]
    public void A_cluster_that_was_served_is_tried_every_8_s_for_two_minutes_before_the_waits_get_long()
    {
        var retry = new ClusterBackoff(() => 0);
        retry.Next();
        retry.Succeeded();

        Assert.Equal([1, 2, 4, .. Enumerable.Repeat(8, 14), 16, 30, 60], Enumerable.Range(0, 20).Select(_ => (int)retry.Next().TotalSeconds));
    }

    [Fact]
    public void Waits_are_longer_by_up_to_a_quarter_by_chance() => Assert.Equal(1.125, new ClusterBackoff(() => 0.5).Next().TotalSeconds);

    [Fact]
    public void No_chance_makes_a_wait_longer_than_5_min()
    {
        var retry = new ClusterBackoff(() => 0.99);

        Assert.All(Enumerable.Range(0, 2000).Select(_ => retry.Next()), wait => Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)));
    }
}
