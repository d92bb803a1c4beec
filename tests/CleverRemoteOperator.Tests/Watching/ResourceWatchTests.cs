using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class ResourceWatchTests
{
    private static readonly string[] Synced = [Json.Event("ADDED", Json.Redis("a", 5)), Json.Bookmark(10, endsInitialEvents: true)];

    [Fact]
    public async Task Streams_the_initial_list_and_then_the_changes()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLinesAndSilence([
            .. Synced,
            Json.Event("MODIFIED", Json.Redis("a", 11)), Json.Event("ADDED", Json.Redis("b", 12)), Json.Event("DELETED", Json.Redis("a", 13))]);
        await using var running = new RunningWatch(server);

        Assert.Equal(["Listed a@5", "Synced"], await running.UntilSyncedAsync());
        Assert.Equal("Applied a@11", await running.NextAsync());
        Assert.Equal("Applied b@12", await running.NextAsync());
        Assert.Equal("Deleted a@13", await running.NextAsync());
        Assert.Equal("b", Assert.Single(running.Watch.Store.All).Name);
        Assert.Equal(WatchState.Watching, running.Watch.Status.State);
        Assert.Equal(running.Time.GetUtcNow(), running.Watch.Status.LastHeard);
        var request = await server.NextRequestAsync();
        Assert.Equal(
            "GET /apis/api.clever-cloud.com/v1/namespaces/team-a/redis?watch=1&allowWatchBookmarks=true&timeoutSeconds=300&sendInitialEvents=true&resourceVersionMatch=NotOlderThan",
            request);
    }

    [Fact]
    public async Task Goes_on_from_the_last_event_or_bookmark_after_a_clean_end()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines([.. Synced, Json.Event("MODIFIED", Json.Redis("a", 11))])
            .ThenLines(Json.Bookmark(20))
            .ThenLinesAndSilence(Json.Event("MODIFIED", Json.Redis("a", 21)));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        Assert.Equal(["Applied a@11", "Applied a@21"], [await running.NextAsync(), await running.NextAsync()]);
        await server.NextRequestAsync();
        Assert.Contains("&resourceVersion=11", await server.NextRequestAsync(), StringComparison.Ordinal);
        Assert.Contains("&resourceVersion=20", await server.NextRequestAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lists_anew_after_410_and_tells_what_vanished(bool asEvent)
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines([Json.Event("ADDED", Json.Redis("gone", 4)), .. Synced]);
        if (asEvent)
        {
            server.ThenLines(Json.Event("ERROR", Json.Status(410, "Expired")));
        }
        else
        {
            server.ThenStatus(410, "Expired");
        }

        server.ThenLinesAndSilence(Json.Event("ADDED", Json.Redis("a", 5)), Json.Event("ADDED", Json.Redis("new", 30)), Json.Bookmark(31, endsInitialEvents: true));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        Assert.Equal(["Listed new@30", "Deleted gone@4", "Synced"], await running.UntilSyncedAsync());
        Assert.Null(running.Watch.Store.Get("team-a", "gone"));
        Assert.Null(running.Watch.Status.LastError);
    }

    [Fact]
    public async Task Lists_in_pages_where_the_server_does_not_stream_lists()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenStatus(422, "Invalid")
            .ThenJson(200, Json.List(40, "next/token", Json.Redis("a", 5)))
            .ThenJson(200, Json.List(40, null, Json.Redis("b", 6)))
            .ThenLinesAndSilence(Json.Event("MODIFIED", Json.Redis("b", 41)));
        await using var running = new RunningWatch(server);

        Assert.Equal(["Listed a@5", "Listed b@6", "Synced"], await running.UntilSyncedAsync());
        Assert.Equal("Applied b@41", await running.NextAsync());
        await server.NextRequestAsync();
        Assert.EndsWith("/redis?limit=500", await server.NextRequestAsync(), StringComparison.Ordinal);
        Assert.EndsWith("/redis?limit=500&continue=next%2Ftoken", await server.NextRequestAsync(), StringComparison.Ordinal);
        Assert.Contains("watch=1&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion=40", await server.NextRequestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_in_pages_where_the_initial_list_never_ends()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLinesAndSilence(Json.Event("ADDED", Json.Redis("a", 5)))
            .ThenJson(200, Json.List(40, null, Json.Redis("a", 5)));
        await using var running = new RunningWatch(server);

        Assert.Equal("Listed a@5", await running.NextAsync());
        var synced = running.UntilSyncedAsync();
        await running.PassTimeUntilAsync(synced, 15);
        Assert.Equal(["Synced"], await synced);
    }

    [Fact]
    public async Task Lists_in_one_piece_when_the_continue_token_expired()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenStatus(422, "Invalid")
            .ThenJson(200, Json.List(40, "token", Json.Redis("a", 5), Json.Redis("gone", 6)))
            .ThenStatus(410, "Expired")
            .ThenJson(200, Json.List(50, null, Json.Redis("a", 5), Json.Redis("b", 45)));
        await using var running = new RunningWatch(server);

        Assert.Equal(["Listed a@5", "Listed gone@6", "Listed b@45", "Deleted gone@6", "Synced"], await running.UntilSyncedAsync());
        for (var request = 0; request < 3; request++)
        {
            await server.NextRequestAsync();
        }

        Assert.EndsWith("/namespaces/team-a/redis", await server.NextRequestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_as_long_as_a_429_asks_and_goes_on_from_where_it_was()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines(Synced).ThenStatus(429, "TooManyRequests", headers: ("Retry-After", "7")).ThenLinesAndSilence(Json.Event("MODIFIED", Json.Redis("a", 11)));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        var next = running.NextAsync();
        await running.PassTimeUntilAsync(next, 7);
        await server.NextRequestAsync();
        await server.NextRequestAsync();
        Assert.Contains("&resourceVersion=10", await server.NextRequestAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("truncated")]
    [InlineData("500")]
    public async Task Goes_on_from_the_same_place_after(string failure)
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines(Synced);
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
    [InlineData("500")]
    [InlineData("garbage")]
    public async Task Lists_anew_when_it_fails_at_one_place_five_times(string failure)
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines(Synced);
        for (var time = 0; time < 5; time++)
        {
            _ = failure == "500" ? server.ThenStatus(500, "InternalError") : server.ThenLines("<html>");
        }

        server.ThenLinesAndSilence(Json.Event("ADDED", Json.Redis("a", 12)), Json.Bookmark(13, endsInitialEvents: true));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        Assert.Equal(["Listed a@12", "Synced"], await running.UntilSyncedAsync());
    }

    [Fact]
    public async Task Lists_anew_when_the_server_is_behind()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines(Synced).ThenStatus(504, "Timeout", "Too large resource version: 10, current: 3")
            .ThenLinesAndSilence(Json.Event("ADDED", Json.Redis("b", 2)), Json.Bookmark(3, endsInitialEvents: true));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        Assert.Equal(["Listed b@2", "Deleted a@5", "Synced"], await running.UntilSyncedAsync());
    }

    [Fact]
    public async Task Lists_in_pages_after_a_line_that_is_too_long()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        var large = Json.Redis("large", 11, $$"""{"text":"{{new string('x', 4 * 1024 * 1024)}}"}""");
        server.ThenLines([.. Synced, Json.Event("ADDED", large)])
            .ThenLines(Json.Event("ADDED", large))
            .ThenJson(200, Json.List(12, null, Json.Redis("a", 5), large))
            .ThenLinesAndSilence(Json.Event("MODIFIED", Json.Redis("a", 13)));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        Assert.Equal(["Listed large@11", "Synced"], await running.UntilSyncedAsync());
        Assert.Equal("Applied a@13", await running.NextAsync());
    }

    [Fact]
    public async Task Tells_of_a_bad_object_and_goes_on_with_the_good_ones()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLinesAndSilence([
            .. Synced,
            Json.Event("MODIFIED", Json.Redis("a", 11, "\"no object\"")),
            Json.Event("SPARKLED", Json.Redis("a", 12)),
            Json.Event("ADDED", Json.Status(200, "OK")),
            Json.Event("ADDED", Json.Redis("b", 13).Replace("\"Redis\"", "\"Postgres\"", StringComparison.Ordinal)),
            Json.Event("ADDED", Json.Redis("c", 14)),
            Json.Event("DELETED", Json.Redis("a", 15, "7"))]);
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        Assert.Equal("Malformed a: its spec is not an object", await running.NextAsync());
        Assert.Equal("Malformed : metadata.name is missing", await running.NextAsync());
        Assert.Equal("Malformed b: its kind is not Redis", await running.NextAsync());
        Assert.Equal("Applied c@14", await running.NextAsync());
        Assert.Equal("Malformed a: its spec is not an object", await running.NextAsync());
        Assert.Equal("Deleted a@5", await running.NextAsync());
    }

    [Theory]
    [InlineData(401, WatchState.Unauthorized)]
    [InlineData(403, WatchState.Forbidden)]
    [InlineData(404, WatchState.NotFound)]
    [InlineData(503, WatchState.BackingOff)]
    public async Task Shows_why_it_waits_and_recovers(int status, object state)
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenStatus(status, "Scripted", "because", ("Retry-After", "300")).ThenLinesAndSilence(Synced);
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
        server.ThenHang().ThenLinesAndSilence(Synced);
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
            server.ThenLinesAndSilence(Synced);
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

    [Fact]
    public async Task Lists_anew_when_a_stream_says_nothing_at_all_as_after_a_restore()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines(Synced).ThenLinesAndSilence().ThenLinesAndSilence(Json.Event("ADDED", Json.Redis("b", 2)), Json.Bookmark(3, endsInitialEvents: true));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        var synced = running.UntilSyncedAsync();
        await running.PassTimeUntilAsync(synced, 150);
        Assert.Equal(["Listed b@2", "Deleted a@5", "Synced"], await synced);
    }

    [Fact]
    public async Task Tells_that_an_object_was_replaced_by_one_of_the_same_name()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines(Synced).ThenStatus(410, "Expired")
            .ThenLinesAndSilence(Json.Event("ADDED", Json.Redis("a", 30, uid: "other")), Json.Bookmark(31, endsInitialEvents: true));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        Assert.Equal(["Deleted a@5", "Listed a@30", "Synced"], await running.UntilSyncedAsync());
        Assert.Equal("30", running.Watch.Store.GetByUid("other")?.ResourceVersion);
        Assert.Null(running.Watch.Store.GetByUid("uid-a"));
    }

    [Fact]
    public async Task Gives_its_list_slot_back_once_the_list_is_complete()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLinesAndSilence(Synced).ThenLinesAndSilence(Synced);
        using var slots = new ListSlots(1);
        await using var first = new RunningWatch(server, slots);
        await first.UntilSyncedAsync();
        await using var second = new RunningWatch(server, slots);
        await second.UntilSyncedAsync();
        Assert.Equal(WatchState.Watching, first.Watch.Status.State);
    }
}
