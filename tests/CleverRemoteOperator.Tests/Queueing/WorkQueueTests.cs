using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Queueing;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Queueing;

public sealed class WorkQueueTests : IDisposable
{
    private static readonly ApiResource Redis = new("api.clever-cloud.com", "v1", "redis", "Redis");
    private readonly FakeTimeProvider _time = new();
    private readonly WorkQueue _queue;

    public WorkQueueTests() => _queue = new WorkQueue(_time);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task A_key_added_many_times_is_taken_once()
    {
        _queue.Add(Key("a"));
        _queue.Add(Key("a"));
        _queue.Add(Key("b"));

        Assert.Equal(Key("a"), await TakeAsync());
        Assert.Equal(Key("b"), await TakeAsync());
        Assert.True(await IsEmptyAsync());
    }

    [Fact]
    public async Task A_key_added_while_it_is_worked_on_comes_again_only_after_it_is_done()
    {
        _queue.Add(Key("a"));
        var taken = await TakeAsync();
        _queue.Add(Key("a"));
        Assert.True(await IsEmptyAsync());

        _queue.Done(taken);

        Assert.Equal(Key("a"), await TakeAsync());
    }

    [Fact]
    public async Task Namespaces_take_turns_however_many_keys_one_of_them_has()
    {
        for (var i = 0; i < 100; i++)
        {
            _queue.Add(Key($"flood-{i}", "busy"));
        }

        _queue.Add(Key("a", "quiet"));

        await TakeAsync();
        Assert.Equal(Key("a", "quiet"), await TakeAsync());
    }

    [Fact]
    public async Task Live_changes_go_before_the_initial_list_which_is_never_held_up_for_ever()
    {
        for (var i = 0; i < 20; i++)
        {
            _queue.Add(Key($"listed-{i}"), background: true);
            _queue.Add(Key($"edited-{i}"));
        }

        var taken = new List<string>();
        for (var i = 0; i < 16; i++)
        {
            taken.Add((await TakeAsync()).Name);
        }

        Assert.StartsWith("edited-", taken[0], StringComparison.Ordinal);
        Assert.Equal(2, taken.Count(name => name.StartsWith("listed-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_listed_key_that_is_edited_moves_to_the_front()
    {
        _queue.Add(Key("x"), background: true);
        _queue.Add(Key("y"), background: true);
        _queue.Add(Key("y"));

        Assert.Equal("y", (await TakeAsync()).Name);
        Assert.Equal("x", (await TakeAsync()).Name);
        Assert.True(await IsEmptyAsync());
    }

    [Fact]
    public async Task A_delayed_key_comes_when_it_is_due_and_not_before()
    {
        _queue.AddAfter(Key("late"), TimeSpan.FromSeconds(20));
        _queue.AddAfter(Key("soon"), TimeSpan.FromSeconds(10));

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.True(await IsEmptyAsync());
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal("soon", (await TakeAsync()).Name);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("late", (await TakeAsync()).Name);
    }

    [Fact]
    public async Task A_later_delay_replaces_an_earlier_one_and_an_immediate_add_cancels_it()
    {
        _queue.AddAfter(Key("a"), TimeSpan.FromSeconds(10));
        _queue.AddAfter(Key("a"), TimeSpan.FromSeconds(30));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.True(await IsEmptyAsync());

        _queue.Add(Key("a"));
        _queue.Done(await TakeAsync());
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.True(await IsEmptyAsync());
    }

    [Fact]
    public async Task A_key_whose_resource_is_gone_waits_no_more_and_leaves_the_others_in_their_turns()
    {
        _queue.Add(Key("a"));
        _queue.Add(Key("b", "other"));
        _queue.Add(Key("c"));
        _queue.Add(Key("d"), background: true);

        _queue.Forget(Key("a"));
        _queue.Forget(Key("b", "other"));
        _queue.Forget(Key("d"));

        Assert.Equal(1, _queue.Depth);
        Assert.Equal(Key("c"), await TakeAsync());
        Assert.True(await IsEmptyAsync());
        _queue.Add(Key("a"));
        Assert.Equal(Key("a"), await TakeAsync());
    }

    [Fact]
    public async Task What_a_pass_kept_of_a_resource_that_went_while_it_ran_is_forgotten_when_it_ends()
    {
        var forgotten = 0;
        _queue.Add(Key("a"));
        var taken = await TakeAsync();
        _queue.Forget(Key("a"), () => forgotten++);
        Assert.Equal(1, forgotten);
        _queue.AddAfter(taken, TimeSpan.FromDays(7));

        _queue.Done(taken);

        Assert.Equal(2, forgotten);
        _time.Advance(TimeSpan.FromDays(8));
        Assert.True(await IsEmptyAsync());
    }

    [Fact]
    public void What_waits_takes_no_more_memory_however_often_it_changed()
    {
        using var delayed = new DelayedKeys(_time, _ => { });
        for (var change = 0; change < 100_000; change++)
        {
            delayed.Set(Key($"r-{change % 10}"), TimeSpan.FromDays(7));
            delayed.Remove(Key($"r-{(change + 5) % 10}"));
        }

        Assert.InRange(delayed.Size, 5, 2_000);
    }

    [Fact]
    public void A_timer_that_has_fired_when_the_queue_is_disposed_of_harms_nobody()
    {
        using var time = new HeldTimer();
        using (var queue = new WorkQueue(time))
        {
            queue.AddAfter(Key("a"), TimeSpan.FromSeconds(1));
        }

        // An exception here would end the process: nothing stands above a timer.
        time.Fire();
    }

    private static ReconcileKey Key(string name, string @namespace = "default") => new(new ClusterId("paris"), Redis, @namespace, name);

    private ValueTask<ReconcileKey> TakeAsync() => _queue.TakeAsync(TestContext.Current.CancellationToken);

    private async Task<bool> IsEmptyAsync()
    {
        using var cancelled = new CancellationTokenSource();
        var take = _queue.TakeAsync(cancelled.Token);
        if (take.IsCompleted)
        {
            return false;
        }

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(take.AsTask);
        return true;
    }
}
