using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class WatchHandlerTests
{
    [Fact]
    public async Task A_handler_that_throws_does_not_end_the_watch_unseen_but_makes_it_list_anew()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines(Json.Event("ADDED", Json.Redis("cache", 7)), Json.Bookmark(9, endsInitialEvents: true))
            .ThenLinesAndSilence(Json.Event("ADDED", Json.Redis("cache", 8)), Json.Bookmark(9, endsInitialEvents: true));
        using var cluster = server.Connect(TimeProvider.System);
        using var slots = new ListSlots();
        using var stop = new CancellationTokenSource();
        var watch = new Reflector<AddonResource>(
            cluster, new WatchScope(RunningWatch.Redis, "team-a"), ObjectReading.Addons(RunningWatch.Redis, TimeProvider.System), slots, TimeProvider.System, () => 0, NullLogger.Instance);
        var seen = new TaskCompletionSource();
        var run = watch.RunAsync(
            change =>
            {
                if (change.Object?.ResourceVersion == "7")
                {
                    throw new ArithmeticException("nobody foresaw this");
                }

                if (change.Type == WatchEventType.Synced)
                {
                    seen.TrySetResult();
                }
            },
            stop.Token);

        await seen.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal("8", watch.Store.Get("team-a", "cache")?.ResourceVersion);
        await stop.CancelAsync();
        await run;
    }
}
