using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class ListSlotsTests
{
    [Fact]
    public async Task Bounds_lists_of_a_cluster_and_of_the_process()
    {
        using var process = new ListSlots(3);
        using var east = process.ForCluster(2);
        using var west = process.ForCluster(2);
        var first = await east.TakeAsync(default);
        await east.TakeAsync(default);
        var third = east.TakeAsync(default);
        Assert.False(third.IsCompleted);
        var other = await west.TakeAsync(default);
        var beyond = west.TakeAsync(default);
        Assert.False(beyond.IsCompleted);

        first.Dispose();
        first.Dispose();
        await beyond.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.False(third.IsCompleted);
        other.Dispose();
        await third.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Gives_the_clusters_slot_back_when_waiting_for_the_process_is_cancelled()
    {
        using var process = new ListSlots(1);
        using var cluster = process.ForCluster(1);
        var outside = await process.TakeAsync(default);
        using var stop = new CancellationTokenSource();
        var waiting = cluster.TakeAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        outside.Dispose();
        await cluster.TakeAsync(default).WaitAsync(TimeSpan.FromSeconds(5));
    }
}
