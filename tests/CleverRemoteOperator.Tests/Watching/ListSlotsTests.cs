using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class ListSlotsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Bounds_lists_of_a_cluster()
    {
        using var slots = new ListSlots(2);
        var first = await slots.TakeAsync(default);
        var second = await slots.TakeAsync(default);
        var third = slots.TakeAsync(default);
        var fourth = slots.TakeAsync(default);
        Assert.False(third.IsCompleted);

        first.Dispose();
        first.Dispose();

        using var taken = await third.WaitAsync(Patience);
        Assert.False(fourth.IsCompleted);
        second.Dispose();
        using var last = await fourth.WaitAsync(Patience);
    }
}
