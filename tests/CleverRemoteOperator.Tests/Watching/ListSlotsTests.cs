using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class ListSlotsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Bounds_lists_of_a_cluster_and_of_the_process()
    {
        using var process = new ListSlots(3);
        using var east = process.ForCluster(2);
        using var west = process.ForCluster(2);
        var first = await east.TakeAsync(default);
        var second = await east.TakeAsync(default);
        var third = east.TakeAsync(default);
        Assert.False(third.IsCompleted);
        var (other, beyond) = (await west.TakeAsync(default), await west.TakeAsync(default));
        await Task.WhenAll(first.AnsweredAsync(default), second.AnsweredAsync(default), other.AnsweredAsync(default));
        var answered = beyond.AnsweredAsync(default);
        Assert.False(answered.IsCompleted);

        first.Dispose();
        first.Dispose();
        await answered.WaitAsync(Patience);
        var fourth = (await third.WaitAsync(Patience)).AnsweredAsync(default);
        Assert.False(fourth.IsCompleted);
        other.Dispose();
        await fourth.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_takes_no_slot_of_the_process()
    {
        using var process = new ListSlots(1);
        using var hanging = process.ForCluster(1);
        using var other = process.ForCluster(1);
        using var waits = await hanging.TakeAsync(default);

        using var slot = await other.TakeAsync(default);

        await slot.AnsweredAsync(default).WaitAsync(Patience);
    }

    [Fact]
    public async Task Gives_back_all_it_took_when_it_stops_waiting_for_the_process()
    {
        using var process = new ListSlots(1);
        using var cluster = process.ForCluster(1);
        using var elsewhere = process.ForCluster(1);
        var outside = await elsewhere.TakeAsync(default);
        await outside.AnsweredAsync(default);
        using var stop = new CancellationTokenSource();
        var slot = await cluster.TakeAsync(default);
        var waiting = slot.AnsweredAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        slot.Dispose();
        outside.Dispose();

        using var next = await cluster.TakeAsync(default).WaitAsync(Patience);
        await next.AnsweredAsync(default).WaitAsync(Patience);
    }
}
