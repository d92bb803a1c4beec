using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Watching;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Tests.Watching;

/// <summary>What a watch does with more than it may keep, and with what comes too slowly.</summary>
public sealed class WatchLimitTests
{
    private static readonly string Large = $$"""{"text":"{{new string('x', 20_000)}}"}""";

    [Fact]
    public async Task More_than_the_share_is_told_once_also_when_it_comes_live_and_a_list_that_fails_changes_nothing()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines([
                .. RunningWatch.Synced,
                .. Enumerable.Range(11, 20).Select(version => Json.Event("ADDED", Json.Redis($"r-{version}", version, Large))),
                Json.Event("MODIFIED", Json.Redis("a", 40))])
            .ThenStatus(410, "Expired")
            .ThenTextAndTear(Json.Event("ADDED", Json.Redis("a", 40)) + "\n")
            .ThenHang();
        using var process = new MemoryShare(1024 * 1024);
        await using var running = new RunningWatch(server, memory: process.Join("paris", 4));

        await running.UntilSyncedAsync();
        string change;
        do
        {
            change = await running.NextAsync();
        }
        while (change != "Applied a@40");
        for (var request = 0; request < 4; request++)
        {
            await server.NextRequestAsync();
        }

        Assert.StartsWith("OverShare: namespace team-a may keep", running.Watch.Status.NotKept, StringComparison.Ordinal);
        Assert.Equal(running.Watch.Status.NotKept, running.Watch.Status.Problem);
        Assert.Single(running.Log, line => line.Contains("OverShare", StringComparison.Ordinal));
        Assert.InRange(running.Watch.Store.Count, 5, 9);
        Assert.False(running.Watch.Status.IsReliable);
        Assert.False(running.Watch.IsReliableIn("team-a"));
        Assert.True(running.Watch.IsReliableIn("team-b"));
    }

    [Fact]
    public async Task A_spec_beyond_64_KiB_is_not_kept_and_the_resource_says_so()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        var beyond = $$"""{"text":"{{new string('x', AddonResource.MaxPart)}}"}""";
        server.ThenLinesAndSilence([.. RunningWatch.Synced, Json.Event("MODIFIED", Json.Redis("a", 11, beyond)), Json.Event("MODIFIED", Json.Redis("a", 12))]);
        await using var running = new RunningWatch(server);
        await running.UntilSyncedAsync();

        Assert.Equal("Applied a@11", await running.NextAsync());
        Assert.Equal("Applied a@12", await running.NextAsync());

        var read = ObjectReading.Addons(RunningWatch.Redis, TimeProvider.System).Read(System.Text.Encoding.UTF8.GetBytes(Json.Redis("a", 11, beyond)));
        Assert.Equal((true, true, 0), (read.IsTooLarge, read.Spec.IsMissing, read.Spec.Length));
        Assert.False(running.Watch.Store.Get("team-a", "a")!.IsTooLarge);
    }

    [Fact]
    public async Task A_list_that_comes_drop_by_drop_is_given_up_after_half_a_minute()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        using var next = new SemaphoreSlim(0);
        server.Then(async context =>
            {
                for (var number = 0; ; number++)
                {
                    await context.Response.WriteAsync(Json.Event("ADDED", Json.Redis($"r-{number}", 5)) + "\n");
                    await context.Response.Body.FlushAsync();
                    await next.WaitAsync(context.RequestAborted);
                }
            })
            .ThenJson(200, Json.List(40, null, Json.Redis("a", 5)));
        await using var running = new RunningWatch(server);

        for (var seconds = 0; seconds < 40; seconds += 10)
        {
            Assert.Equal($"Listed r-{seconds / 10}@5", await running.NextAsync());
            running.Time.Advance(TimeSpan.FromSeconds(10));
            next.Release();
        }

        Assert.Contains("Synced", await running.UntilSyncedAsync());
        Assert.Contains("it arrived too slowly", string.Join('\n', running.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_large_objects_is_read_few_at_a_time()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        var large = $$"""{"text":"{{new string('x', 1024 * 1024)}}"}""";
        server.ThenStatus(422, "Invalid")
            .ThenJson(200, Json.List(40, null, [.. Enumerable.Range(0, 9).Select(number => Json.Redis($"r-{number}", 5, large))]))
            .ThenJson(200, Json.List(40, null, Json.Redis("a", 5)));
        await using var running = new RunningWatch(server);

        Assert.Equal(["Listed a@5", "Synced"], await running.UntilSyncedAsync());
        await server.NextRequestAsync();
        Assert.EndsWith("limit=200", await server.NextRequestAsync(), StringComparison.Ordinal);
        Assert.EndsWith("limit=50", await server.NextRequestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_stops_sending_is_read_no_faster_than_2_MiB_a_second_in_the_long_run()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        var line = Json.Event("MODIFIED", Json.Redis("a", 11, $$"""{"text":"{{new string('x', 60_000)}}"}""")) + "\n";
        var sent = 0;
        server.Then(async context =>
        {
            await context.Response.WriteAsync(string.Concat(RunningWatch.Synced.Select(text => text + "\n")));
            for (; sent < 4000; sent++)
            {
                await context.Response.WriteAsync(line.Replace("\"11\"", $"\"{11 + sent}\"", StringComparison.Ordinal));
            }
        });
        await using var running = new RunningWatch(server);
        await running.UntilSyncedAsync();

        // As long as no time passes, no more is read than may be read at once, and what waits on the way.
        var before = -1;
        while (sent > before)
        {
            before = sent;
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        }

        Assert.InRange(sent * 60_000L, 30_000_000, 60_000_000);
        running.Time.Advance(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => sent >= before + 50);
    }

    [Fact]
    public async Task A_failure_that_passes_within_15_s_is_neither_logged_nor_told()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        for (var time = 0; time < 10; time++)
        {
            server.ThenStatus(time % 2 == 0 ? 429 : 500, "Busy", headers: ("Retry-After", "1"));
        }

        server.ThenStatus(500, "Busy", headers: ("Retry-After", "10")).ThenLinesAndSilence(RunningWatch.Synced);
        await using var running = new RunningWatch(server);
        var synced = running.UntilSyncedAsync();
        await Eventually.TrueAsync(() => running.Watch.Status.LastError is not null);
        running.Time.Advance(TimeSpan.FromSeconds(14));
        Assert.Null(running.Watch.Status.Problem);
        Assert.All(running.Log, line => Assert.StartsWith("Debug", line, StringComparison.Ordinal));

        running.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(running.Watch.Status.Problem);
        await running.PassTimeUntilAsync(synced, 1);
        Assert.Null(running.Watch.Status.Problem);
    }

    [Fact]
    public async Task A_watch_that_waits_after_a_failure_goes_on_at_once_when_it_is_woken()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenTextAndTear("").ThenLinesAndSilence(RunningWatch.Synced);
        using var cluster = server.Connect(TimeProvider.System);
        using var slots = new ListSlots();
        using var stop = new CancellationTokenSource();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var watch = new Reflector<AddonResource>(
            cluster, new WatchScope(RunningWatch.Redis, "team-a"), ObjectReading.Addons(RunningWatch.Redis, time), slots, time, () => 0.999,
            new LinesLogger(new()).CreateLogger(""));
        var run = watch.RunAsync(_ => { }, stop.Token);
        await Eventually.TrueAsync(() => watch.Status.LastError is not null);
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        Assert.False(watch.Status.Synced);

        watch.Wake();
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        time.Advance(TimeSpan.FromMilliseconds(1000));

        await Eventually.TrueAsync(() => watch.Status.Synced);
        await stop.CancelAsync();
        await run;
    }
}
