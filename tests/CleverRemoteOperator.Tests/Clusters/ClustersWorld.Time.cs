using CleverRemoteOperator.Observability;

namespace CleverRemoteOperator.Tests.Clusters;

/// <content>How time passes.</content>
internal sealed partial class ClustersWorld
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Another world that shares a server: its time passes along.</summary>
    public ClustersWorld? Beside { get; init; }

    public Task UntilAsync(string cluster, ClusterState state) => UntilAsync(() => Of(cluster)?.State == state, () => $"{Of(cluster)}");

    /// <summary>Lets time pass until it is so; gives how long that took, by the clock of the test.</summary>
    public async Task<TimeSpan> UntilAsync(Func<bool> condition, Func<string>? now = null)
    {
        var start = Time.GetUtcNow();
        while (!condition())
        {
            Assert.True(Time.GetUtcNow() - start < TimeSpan.FromMinutes(10), $"it did not come true; {now?.Invoke()}");
            await StepAsync(Shortest, Longest);
        }

        return Time.GetUtcNow() - start;
    }

    /// <summary>Waits until it is so while the operator's clock stands still: nothing it may still be waiting for comes to pass.</summary>
    public static async Task AtOnceAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Lets so much time pass, faster.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var end = Time.GetUtcNow() + time; Time.GetUtcNow() < end;)
        {
            await StepAsync(Longest, end - Time.GetUtcNow());
        }
    }

    // To the next moment at which the operator does something; in short steps while a server has something to do.
    private async Task StepAsync(TimeSpan atLeast, TimeSpan atMost)
    {
        await HearAsync();
        await (Beside?.HearAsync() ?? Task.CompletedTask);
        var isBusy = Lies.Values.Any(lies => lies.IsBusy) || Health.Clusters().Any(cluster => cluster.State == ClusterState.Connecting);
        var next = isBusy || Beside is not null ? atLeast : Wall.UntilNext ?? Longest;
        next = next < atLeast ? atLeast : next < Longest ? next : Longest;
        next = next < atMost ? next : atMost;
        Time.Advance(next);
        Beside?.Time.Advance(next);
        // The servers live in real time: it must not run away from them.
        await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
    }

    // On a busy machine an answer takes as long as many seconds of the test's clock: a Lease would be lost that nobody took.
    private async Task HearAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        while (Lies.Values.Any(lies => lies.IsAsked) && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }
}
