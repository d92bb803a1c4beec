using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class ReflectorTests
{
    [Fact]
    public async Task Streams_the_initial_list_and_then_the_changes()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLinesAndSilence([
            .. RunningWatch.Synced,
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
        server.ThenLines([.. RunningWatch.Synced, Json.Event("MODIFIED", Json.Redis("a", 11))])
            .ThenLines(Json.Bookmark(20))
            .ThenLinesAndSilence(Json.Event("MODIFIED", Json.Redis("a", 21)));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        Assert.Equal(["Applied a@11", "Applied a@21"], [await running.NextAsync(), await running.NextAsync()]);
        await server.NextRequestAsync();
        Assert.Contains("&resourceVersion=11", await server.NextRequestAsync(), StringComparison.Ordinal);
        Assert.Contains("&resourceVersion=20", await server.NextRequestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_of_a_bad_object_and_goes_on_with_the_good_ones()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLinesAndSilence([
            .. RunningWatch.Synced,
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

    [Fact]
    public async Task Tells_that_an_object_was_replaced_by_one_of_the_same_name()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines(RunningWatch.Synced).ThenStatus(410, "Expired")
            .ThenLinesAndSilence(Json.Event("ADDED", Json.Redis("a", 30, uid: Json.UidOf("other"))), Json.Bookmark(31, endsInitialEvents: true));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        Assert.Equal(["Deleted a@5", "Listed a@30", "Synced"], await running.UntilSyncedAsync());
        Assert.Equal("30", running.Watch.Store.GetByUid(Json.UidOf("other"))?.ResourceVersion);
        Assert.Null(running.Watch.Store.GetByUid(Json.UidOf("a")));
    }

    [Fact]
    public async Task Gives_its_list_slot_back_once_the_list_is_complete()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLinesAndSilence(RunningWatch.Synced).ThenLinesAndSilence(RunningWatch.Synced);
        using var slots = new ListSlots(1);
        await using var first = new RunningWatch(server, slots);
        await first.UntilSyncedAsync();
        await using var second = new RunningWatch(server, slots);
        await second.UntilSyncedAsync();
        Assert.Equal(WatchState.Watching, first.Watch.Status.State);
    }
}
