namespace CleverRemoteOperator.Tests.Watching;

/// <summary>When a watch gives up its place and lists anew.</summary>
public sealed class WatchRelistTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lists_anew_after_410_and_tells_what_vanished(bool asEvent)
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines([Json.Event("ADDED", Json.Redis("gone", 4)), .. RunningWatch.Synced]);
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

    [Theory]
    [InlineData("500")]
    [InlineData("garbage")]
    public async Task Lists_anew_when_it_fails_at_one_place_five_times(string failure)
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines(RunningWatch.Synced);
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
        server.ThenLines(RunningWatch.Synced).ThenStatus(504, "Timeout", "Too large resource version: 10, current: 3")
            .ThenLinesAndSilence(Json.Event("ADDED", Json.Redis("b", 2)), Json.Bookmark(3, endsInitialEvents: true));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        Assert.Equal(["Listed b@2", "Deleted a@5", "Synced"], await running.UntilSyncedAsync());
    }

    [Fact]
    public async Task Lists_anew_when_a_stream_says_nothing_at_all_as_after_a_restore()
    {
        await using var server = await ScriptedApiServer.StartAsync();
        server.ThenLines(RunningWatch.Synced).ThenLinesAndSilence().ThenLinesAndSilence(Json.Event("ADDED", Json.Redis("b", 2)), Json.Bookmark(3, endsInitialEvents: true));
        await using var running = new RunningWatch(server);

        await running.UntilSyncedAsync();
        var synced = running.UntilSyncedAsync();
        await running.PassTimeUntilAsync(synced, 150);
        Assert.Equal(["Listed b@2", "Deleted a@5", "Synced"], await synced);
    }
}
