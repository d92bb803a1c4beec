using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class MemoryShareTests
{
    [Fact]
    public void A_cluster_that_takes_all_it_gets_leaves_every_other_its_equal_part_of_half()
    {
        using var process = new MemoryShare(1000);
        var clusters = Enumerable.Range(0, 10).Select(number => process.Join($"c{number}", 1)).ToList();

        var greedy = clusters.Take(4).Select(Fill).ToList();

        // A tenth of half for each, and a quarter of the other half.
        Assert.Equal([175, 175, 175, 175], greedy);
        Assert.All(clusters.Skip(4), cluster => Assert.Equal(50, Fill(cluster)));
        Assert.Equal(1000, process.Used);
    }

    [Fact]
    public void Namespaces_that_take_all_they_get_leave_others_room_although_they_came_first()
    {
        using var process = new MemoryShare(1600);
        var cluster = process.Join("paris", 4);

        Assert.Equal((1000, 250, 250), ((int)cluster.Limit, Fill(cluster, "aaa"), Fill(cluster, "bbb")));
        Assert.True(Fill(cluster, "good") >= 125);
    }

    [Fact]
    public void What_is_beyond_a_share_is_told_whose_it_is()
    {
        using var process = new MemoryShare(16 * 1024 * 1024);
        var cluster = process.Join("paris", 4);
        Fill(cluster, "flooded", 1024);

        Assert.Equal(
            "OverShare: namespace flooded may keep 2560 KiB in memory; the rest is not served. Use fewer or smaller objects there",
            cluster.Take("flooded", 1024));
        Assert.Null(cluster.Take("good", 1024));
    }

    [Fact]
    public void What_is_given_back_can_be_taken_again_and_a_member_that_goes_gives_all_back()
    {
        using var process = new MemoryShare(1000);
        var cluster = process.Join("paris", 1);
        Fill(cluster);
        Assert.False(cluster.HasRoom("a", 1));

        cluster.Force("a", -10);
        Assert.True(cluster.HasRoom("a", 10));
        cluster.Dispose();

        Assert.Equal(0, process.Used);
    }

    [Fact]
    public void Tens_of_thousands_of_namespaces_are_no_way_to_have_more_and_cost_no_time()
    {
        using var process = new MemoryShare(16 * 1024 * 1024);
        var cluster = process.Join("paris", 4);

        for (var number = 0; number < 50_000; number++)
        {
            cluster.Take($"n-{number}", 1024);
            cluster.Take("flooded", 1024);
        }

        Assert.InRange(cluster.Used, 4 * 1024 * 1024, cluster.Limit);
    }

    private static int Fill(MemoryShare cluster) => Fill(cluster, "a");

    private static int Fill(MemoryShare cluster, string @namespace, int step = 1)
    {
        var taken = 0;
        while (cluster.Take(@namespace, step) is null)
        {
            taken += step;
        }

        return taken;
    }
}
