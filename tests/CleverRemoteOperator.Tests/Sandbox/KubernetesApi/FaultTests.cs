using System.Net;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Faults;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

public sealed class FaultTests : IAsyncLifetime
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await ClusterFixture.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_refusal_comes_as_often_as_asked_and_only_where_asked()
    {
        _cluster.Server.Faults.Add(new(Fault.TooManyRequests(7)) { Verb = "list", Resource = "configmaps", Times = 1 });
        Assert.Equal(200, (await _cluster.GetAsync("/api/v1/secrets")).Code);
        using var refused = await _cluster.Client().GetAsync(ConfigMaps);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(200, (await _cluster.GetAsync(ConfigMaps)).Code);
        Assert.Equal(2, _cluster.Server.Requests.Of("list", "configmaps"));
    }

    [Fact]
    public async Task How_often_which_program_asked_for_what_can_be_read_by_anybody()
    {
        await _cluster.GetAsync(ConfigMaps);
        await _cluster.PostAsync(ConfigMaps, """{"metadata":{"name":"counted"}}""");

        using var anybody = _cluster.Anonymous();
        var first = JsonNode.Parse(await anybody.GetStringAsync(new Uri(RequestCounts.Path, UriKind.Relative)))!["requests"]!.AsArray();
        var second = JsonNode.Parse(await anybody.GetStringAsync(new Uri(RequestCounts.Path, UriKind.Relative)))!["requests"]!.AsArray();

        string[] expected = ["tests create configmaps 1", "tests list configmaps 1"];
        Assert.Equal(expected, first.Select(entry => $"{entry!["agent"]} {entry["verb"]} {entry["resource"]} {entry["count"]}").Order(StringComparer.Ordinal));
        Assert.Equal(first.Count, second.Count);
    }

    [Fact]
    public async Task A_fault_can_be_kept_to_one_program()
    {
        _cluster.Server.Faults.Add(new(Fault.ServerError()) { UserAgent = "tests" });
        Assert.Equal(500, (await _cluster.GetAsync(ConfigMaps)).Code);
        using var other = await _cluster.Client().GetAsync(ConfigMaps);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_connection_dropped_after_the_effect_leaves_the_effect()
    {
        _cluster.Server.Faults.Add(new(new Fault.Drop(AfterEffect: true)) { Method = "POST", Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => _cluster.PostAsync(ConfigMaps, """{"metadata":{"name":"a"}}"""));
        Assert.Equal(200, (await _cluster.GetAsync(ConfigMaps + "/a")).Code);
        _cluster.Server.Faults.Add(new(new Fault.Drop()) { Path = "/configmaps$", Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => _cluster.PostAsync(ConfigMaps, """{"metadata":{"name":"b"}}"""));
        Assert.Equal(404, (await _cluster.GetAsync(ConfigMaps + "/b")).Code);
    }

    [Fact]
    public async Task Hangs_before_and_after_the_headers()
    {
        _cluster.Server.Faults.Add(new(new Fault.HangBeforeHeaders()) { Times = 1 });
        _cluster.Server.Faults.Add(new(new Fault.HangAfterHeaders()) { Times = 1 });
        using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _cluster.Client().GetAsync(ConfigMaps, patience.Token));
        using var headers = await _cluster.Client().GetAsync(ConfigMaps, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, headers.StatusCode);
        using CancellationTokenSource shorter = new(TimeSpan.FromMilliseconds(300));
        await using var stream = await headers.Content.ReadAsStreamAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.ReadExactlyAsync(new byte[1], shorter.Token));
    }

    [Fact]
    public async Task Watches_get_bad_lines_and_go_on_or_end()
    {
        await _cluster.PostAsync(ConfigMaps, """{"metadata":{"name":"a"}}""");
        foreach (var fault in new[] { Fault.GarbageLine, Fault.UnknownEventType, Fault.WrongKind, Fault.OversizeLine(100_000) })
        {
            _cluster.Server.Faults.Add(new(fault) { Times = 1 });
            using var watch = await _cluster.WatchAsync(ConfigMaps + "?watch=1");
            Assert.Equal(((Fault.WatchLine)fault).Text.TrimEnd('\n'), await watch.LineAsync());
            Assert.Equal("ADDED a", await watch.WordAsync());
        }

        foreach (var fault in new[] { Fault.TruncatedLine, Fault.GoneEvent })
        {
            _cluster.Server.Faults.Add(new(fault) { Times = 1 });
            using var watch = await _cluster.WatchAsync(ConfigMaps + "?watch=1");
            Assert.Equal(((Fault.WatchLine)fault).Text.TrimEnd('\n'), await watch.LineAsync());
            Assert.Null(await watch.LineAsync());
        }
    }
}
