using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Tests.Watching;

/// <summary>How long a watch waits for a server, and after a failure.</summary>
public sealed class WatchWaitTests
{
    [Fact]
    public async Task Waits_as_long_as_a_429_asks_and_goes_on_from_where_it_was()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines(RunningWatch.Synced).ThenStatus(429, "TooManyRequests", headers: ("Retry-After", "7")).ThenLinesAndSilence(Json.Event("MODIFIED", Json.Redis("a", 11)));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        var next = running.NextAsync();
        await running.PassTimeUntilAsync(next, 7);
        await server.NextRequestAsync();
        await server.NextRequestAsync();
        Assert.Contains("&resourceVersion=10", await server.NextRequestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watches_a_new_type_within_two_seconds_after_ten_of_429_however_the_jitter_falls()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        for (var asked = 0; asked < 6; asked++)
        {
            server.ThenStatus(429, "TooManyRequests", headers: ("Retry-After", "1"));
        }

        server.ThenLinesAndSilence(RunningWatch.Synced);
        await using var running = new RunningWatch(server, random: 0.999);
        var synced = running.UntilSyncedAsync();
        var start = running.Time.GetUtcNow();
        for (var request = 0; request < 6; request++)
        {
            await server.NextRequestAsync();
            await Eventually.TrueAsync(() => running.Log.Count > request);
            running.Time.Advance(TimeSpan.FromSeconds(2));
        }

        await synced;
        Assert.Equal(TimeSpan.FromSeconds(12), running.Time.GetUtcNow() - start);
        Assert.DoesNotContain(running.Log, line => line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Information", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("truncated")]
    [InlineData("500")]
    public async Task Goes_on_from_the_same_place_after(string failure)
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines(RunningWatch.Synced);
        _ = failure switch
        {
            "garbage" => server.ThenLines("<html>"),
            "truncated" => server.ThenTextAndTear(Json.Event("MODIFIED", Json.Redis("a", 11))[..50]),
            _ => server.ThenStatus(500, "InternalError"),
        };
        server.ThenLinesAndSilence(Json.Event("MODIFIED", Json.Redis("a", 12)));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        Assert.Equal("Applied a@12", await running.NextAsync());
        await server.NextRequestAsync();
        await server.NextRequestAsync();
        Assert.Contains("&resourceVersion=10", await server.NextRequestAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, WatchState.Unauthorized)]
    [InlineData(403, WatchState.Forbidden)]
    [InlineData(404, WatchState.NotFound)]
    [InlineData(503, WatchState.BackingOff)]
    public async Task Shows_why_it_waits_and_recovers(int status, object state)
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenStatus(status, "Scripted", "because", ("Retry-After", "300")).ThenLinesAndSilence(RunningWatch.Synced);
        await using var running = new RunningWatch(server);
        await server.NextRequestAsync();
        var synced = running.UntilSyncedAsync();
        await Eventually.TrueAsync(() => running.Watch.Status.LastError is not null);
        Assert.Equal(state, running.Watch.Status.State);
        Assert.EndsWith(": because", running.Watch.Status.LastError, StringComparison.Ordinal);
        await running.PassTimeUntilAsync(synced, 300);
        Assert.Null(running.Watch.Status.LastError);
        Assert.True(running.Watch.Status.Synced);
    }

    [Fact]
    public async Task Gives_up_a_server_that_sends_no_headers_after_30_s()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenHang().ThenLinesAndSilence(RunningWatch.Synced);
        await using var running = new RunningWatch(server);
        await server.NextRequestAsync();
        await running.PassTimeUntilAsync(running.UntilSyncedAsync(), 30);
    }

    [Theory]
    [InlineData(true, 150)]
    [InlineData(false, 305)]
    public async Task Reopens_a_stream_that_is_silent_for_too_long(bool bookmarks, int expected)
    {
        await using var server = await ScriptedApiServer.StartAsync();
        if (bookmarks)
        {
            server.ThenLinesAndSilence(RunningWatch.Synced);
        }
        else
        {
            server.ThenStatus(422, "Invalid").ThenJson(200, Json.List(10, null, Json.Redis("a", 5))).ThenLinesAndSilence(Json.Event("MODIFIED", Json.Redis("a", 10)));
        }

        server.ThenLinesAndSilence(Json.Event("MODIFIED", Json.Redis("a", 11)));
        await using var running = new RunningWatch(server);
        await running.UntilSyncedAsync();
        if (!bookmarks)
        {
            await running.NextAsync();
        }

        var next = running.NextAsync();
        await running.PassTimeUntilAsync(next, expected);
        Assert.Equal("Applied a@11", await next);
    }
}
