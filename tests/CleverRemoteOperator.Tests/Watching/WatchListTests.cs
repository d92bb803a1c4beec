namespace CleverRemoteOperator.Tests.Watching;

/// <summary>How a watch lists what there is, streamed or in pages.</summary>
public sealed class WatchListTests
{
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
        Assert.EndsWith("/redis?limit=200", await server.NextRequestAsync(), StringComparison.Ordinal);
        Assert.EndsWith("/redis?limit=200&continue=next%2Ftoken", await server.NextRequestAsync(), StringComparison.Ordinal);
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
    public async Task Lists_in_pages_after_a_line_that_is_too_long()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        var large = Json.Redis("large", 11, $$"""{"text":"{{new string('x', 4 * 1024 * 1024)}}"}""");
        server.ThenLines([.. RunningWatch.Synced, Json.Event("ADDED", large)])
            .ThenLines(Json.Event("ADDED", large))
            .ThenJson(200, Json.List(12, null, Json.Redis("a", 5), large))
            .ThenLinesAndSilence(Json.Event("MODIFIED", Json.Redis("a", 13)));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        Assert.Equal(["Listed large@11", "Synced"], await running.UntilSyncedAsync());
        Assert.Equal("Applied a@13", await running.NextAsync());
    }
}
