using System.Globalization;
using CleverRemoteOperator.Sandbox.KubernetesApi;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

public sealed class WatchingTests : IAsyncLifetime
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-01-02T03:04:05Z", CultureInfo.InvariantCulture));
    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await ClusterFixture.StartAsync(new KubernetesApiServerOptions { TimeProvider = _time, WatchHistory = 4 });

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_watch_tells_adding_changing_and_deleting_in_order()
    {
        using var watch = await _cluster.WatchAsync(ConfigMaps + "?watch=1&resourceVersion=" + await VersionAsync());
        await CreateAsync("a");
        await _cluster.MergeAsync(ConfigMaps + "/a", """{"data":{"k":"v"}}""");
        await _cluster.DeleteAsync(ConfigMaps + "/a");
        Assert.Equal(["ADDED a", "MODIFIED a", "DELETED a"], [await watch.WordAsync(), await watch.WordAsync(), await watch.WordAsync()]);
    }

    [Fact]
    public async Task A_watch_resumes_after_the_version_it_names()
    {
        await CreateAsync("a");
        var version = await VersionAsync();
        await CreateAsync("b");
        using var watch = await _cluster.WatchAsync($"{ConfigMaps}?watch=1&resourceVersion={version}");
        Assert.Equal("ADDED b", await watch.WordAsync());
    }

    [Fact]
    public async Task A_watch_from_a_forgotten_version_is_told_that_it_expired()
    {
        await CreateAsync("a");
        var version = await VersionAsync();
        for (var i = 0; i < 6; i++)
        {
            await CreateAsync("b" + i);
        }

        using var watch = await _cluster.WatchAsync($"{ConfigMaps}?watch=1&resourceVersion={version}");
        var (type, status) = await watch.NextAsync();
        Assert.Equal("ERROR", type);
        Assert.Equal(410, status["code"]!.GetValue<int>());
        Assert.Equal("Expired", status["reason"]!.GetValue<string>());
        Assert.Null(await watch.LineAsync());
    }

    [Fact]
    public async Task A_resource_nobody_asked_for_yet_can_be_watched_from_the_start()
    {
        await CreateAsync("a");
        using var watch = await _cluster.WatchAsync(ConfigMaps + "?watch=1&resourceVersion=1");
        Assert.Equal("ADDED a", await watch.WordAsync());
    }

    [Fact]
    public async Task Expired_history_is_forgotten_at_once()
    {
        var version = await VersionAsync();
        _cluster.Server.ExpireHistory();
        using var watch = await _cluster.WatchAsync($"{ConfigMaps}?watch=1&resourceVersion={version}");
        Assert.Equal("ERROR Expired", await watch.WordAsync());
    }

    [Fact]
    public async Task Initial_events_end_with_a_marked_bookmark()
    {
        await CreateAsync("a");
        using var watch = await _cluster.WatchAsync(ConfigMaps + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        Assert.Equal("ADDED a", await watch.WordAsync());
        var (type, bookmark) = await watch.NextAsync();
        Assert.Equal("BOOKMARK", type);
        Assert.Equal("true", bookmark["metadata"]!["annotations"]!["k8s.io/initial-events-end"]!.GetValue<string>());
        Assert.Equal(await VersionAsync(), bookmark["metadata"]!["resourceVersion"]!.GetValue<string>());
    }

    [Fact]
    public async Task Bookmarks_come_with_time_and_only_to_those_who_allow_them()
    {
        var version = await VersionAsync();
        using var with = await _cluster.WatchAsync($"{ConfigMaps}?watch=1&allowWatchBookmarks=true&resourceVersion={version}");
        using var without = await _cluster.WatchAsync($"{ConfigMaps}?watch=1&resourceVersion={version}");
        _time.Advance(TimeSpan.FromSeconds(60));
        await CreateAsync("a");
        Assert.Equal("BOOKMARK", await with.WordAsync());
        Assert.Equal("ADDED a", await with.WordAsync());
        Assert.Equal("ADDED a", await without.WordAsync());
    }

    [Fact]
    public async Task A_watch_ends_cleanly_after_its_timeout()
    {
        using var watch = await _cluster.WatchAsync($"{ConfigMaps}?watch=1&timeoutSeconds=30&resourceVersion={await VersionAsync()}");
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(await watch.LineAsync());
    }

    [Fact]
    public async Task All_watches_can_be_closed_at_once()
    {
        using var watch = await _cluster.WatchAsync($"{ConfigMaps}?watch=1&resourceVersion={await VersionAsync()}");
        _cluster.Server.CloseWatches();
        Assert.Null(await watch.LineAsync());
    }

    [Fact]
    public async Task What_leaves_and_enters_a_selection_is_deleted_and_added()
    {
        await CreateAsync("a");
        using var watch = await _cluster.WatchAsync($"{ConfigMaps}?watch=1&labelSelector=colour%3Dred&resourceVersion={await VersionAsync()}");
        await _cluster.MergeAsync(ConfigMaps + "/a", """{"metadata":{"labels":{"colour":"red"}}}""");
        await _cluster.MergeAsync(ConfigMaps + "/a", """{"data":{"k":"v"}}""");
        var (_, changed) = await _cluster.MergeAsync(ConfigMaps + "/a", """{"metadata":{"labels":{"colour":"blue"}}}""");
        Assert.Equal("ADDED a", await watch.WordAsync());
        Assert.Equal("MODIFIED a", await watch.WordAsync());
        var (type, gone) = await watch.NextAsync();
        Assert.Equal("DELETED", type);
        Assert.Equal("red", gone["metadata"]!["labels"]!["colour"]!.GetValue<string>());
        Assert.Equal(changed["metadata"]!["resourceVersion"]!.GetValue<string>(), gone["metadata"]!["resourceVersion"]!.GetValue<string>());
    }

    [Fact]
    public async Task Watching_a_removed_definition_ends()
    {
        await _cluster.InstallWidgetsAsync();
        await _cluster.CreateWidgetAsync("a");
        using var watch = await _cluster.WatchAsync(ClusterFixture.Widgets + "?watch=1");
        Assert.Equal("ADDED a", await watch.WordAsync());
        await _cluster.DeleteAsync(ClusterFixture.Definitions + "/widgets.example.test");
        Assert.Equal("DELETED a", await watch.WordAsync());
        Assert.Null(await watch.LineAsync());
        Assert.Equal(404, (await _cluster.GetAsync(ClusterFixture.Widgets)).Code);
    }

    private async Task CreateAsync(string name) => Assert.Equal(201, (await _cluster.PostAsync(ConfigMaps, $$$"""{"metadata":{"name":"{{{name}}}"}}""")).Code);

    private async Task<string> VersionAsync() => (await _cluster.GetAsync(ConfigMaps)).Body["metadata"]!["resourceVersion"]!.GetValue<string>();
}
