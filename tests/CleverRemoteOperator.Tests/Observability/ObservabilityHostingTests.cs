using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Observability.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Observability;

public sealed class ObservabilityHostingTests : IAsyncDisposable
{
    private static readonly IPEndPoint Probes = new(IPAddress.Loopback, 0);
    private static readonly IPEndPoint Pages = new(IPAddress.Parse("127.0.0.2"), 0);

    private readonly FakeTimeProvider _time = new();
    private readonly HttpClient _client = new();
    private readonly OperatorHealth _health;
    private WebApplication? _app;

    public ObservabilityHostingTests() => _health = new OperatorHealth(_time, new SecretRegistry());

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    public async Task Probes_answer_with_a_constant_body_that_tells_nothing_about_clusters(string path)
    {
        var (probes, _) = await StartAsync(new OperatorOptions { Listen = Probes, MetricsListen = Pages });
        using var paris = _health.Register("paris", () => []);
        paris.Report(ClusterState.Unreachable, "connection refused");

        using var answer = await _client.GetAsync(new Uri(probes, path));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("ok\n", await answer.Content.ReadAsStringAsync());
        Assert.Empty(answer.Headers.Server);
    }

    [Fact]
    public async Task Livez_fails_when_the_scheduler_has_stopped_and_readyz_does_not()
    {
        var (probes, _) = await StartAsync(new OperatorOptions { Listen = Probes, MetricsListen = Pages });

        _time.Advance(OperatorHealth.BeatLimit + TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusOfAsync(new Uri(probes, "/livez")));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusOfAsync(new Uri(probes, "/healthz")));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(new Uri(probes, "/readyz")));
    }

    [Fact]
    public async Task Readyz_fails_once_the_process_is_stopping()
    {
        var (probes, _) = await StartAsync(new OperatorOptions { Listen = Probes, MetricsListen = Pages });

        // As a signal does; the listeners close only when the host is stopped after that.
        _app!.Lifetime.StopApplication();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusOfAsync(new Uri(probes, "/readyz")));
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/status")]
    public async Task What_tells_more_is_not_on_the_probe_listener_whatever_Host_is_claimed(string path)
    {
        var (probes, pages) = await StartAsync(new OperatorOptions { Listen = Probes, MetricsListen = Pages, StatusToken = "the-status-token" });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(probes, path));
        request.Headers.Host = pages.Authority;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "the-status-token");

        using var answer = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(new Uri(pages, path)));
    }

    [Fact]
    public async Task Equal_listeners_serve_everything_on_one_port()
    {
        var (probes, pages) = await StartAsync(new OperatorOptions { Listen = Probes, MetricsListen = Probes });

        Assert.Equal(probes, pages);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(new Uri(probes, "/readyz")));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(new Uri(probes, "/metrics")));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(new Uri(probes, "/status")));
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.NotFound)]
    [InlineData(null, "Bearer anything", HttpStatusCode.NotFound)]
    [InlineData("the-status-token", null, HttpStatusCode.Unauthorized)]
    [InlineData("the-status-token", "Bearer the-status-toke", HttpStatusCode.Unauthorized)]
    [InlineData("the-status-token", "Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData("the-status-token", "the-status-token", HttpStatusCode.Unauthorized)]
    [InlineData("the-status-token", "Bearer the-status-token", HttpStatusCode.OK)]
    public async Task Status_on_a_listener_others_can_reach_wants_the_token(string? token, string? authorization, HttpStatusCode expected)
    {
        var (_, pages) = await StartAsync(
            new OperatorOptions { Listen = Probes, MetricsListen = Pages, StatusToken = token }, pretendPublic: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(pages, "/status"));
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await _client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Status_shows_each_cluster_with_its_state_and_resources()
    {
        var (_, pages) = await StartAsync(new OperatorOptions { Listen = Probes, MetricsListen = Pages });
        using var paris = _health.Register("paris", () => [new("Redis", "Ready", 2), new("Redis", "NotReady", 1)]);
        paris.Report(ClusterState.Degraded, "redis: forbidden");

        using var page = JsonDocument.Parse(await _client.GetStringAsync(new Uri(pages, "/status")));

        var cluster = Assert.Single(page.RootElement.GetProperty("clusters").EnumerateArray().ToList());
        Assert.Equal("paris", cluster.GetProperty("name").GetString());
        Assert.Equal("Degraded", cluster.GetProperty("state").GetString());
        Assert.Equal("redis: forbidden", cluster.GetProperty("lastError").GetString());
        Assert.Equal(_time.GetUtcNow(), cluster.GetProperty("since").GetDateTimeOffset());
        Assert.Equal(2, cluster.GetProperty("resources").GetProperty("Redis").GetProperty("Ready").GetInt32());
        Assert.True(page.RootElement.GetProperty("alive").GetBoolean());
    }

    [Fact]
    public async Task Metrics_are_the_operators_and_the_process_own()
    {
        var (_, pages) = await StartAsync(new OperatorOptions { Listen = Probes, MetricsListen = Pages });

        var page = await _client.GetStringAsync(new Uri(pages, "/metrics"));

        Assert.Contains("\nclever_operator_build_info{", page);
        Assert.Contains("\nprocess_working_set_bytes ", page);
    }

    [Theory]
    [InlineData("GET", "/healthz", 1)]
    [InlineData("HEAD", "/status", 1)]
    [InlineData("GET", "/metrics", 1)]
    [InlineData("BREW", "/metrics", 0)]
    [InlineData("GET", "/somewhere", 0)]
    public async Task Requests_for_a_page_are_counted_and_those_of_strangers_are_not(string method, string path, int expected)
    {
        var (_, pages) = await StartAsync(new OperatorOptions { Listen = Probes, MetricsListen = Pages });
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(pages, path));
        using var answer = await _client.SendAsync(request);

        var page = await _client.GetStringAsync(new Uri(pages, "/metrics"));

        Assert.Equal(expected == 1, page.Contains($"_server_request_success{{method=\"{method}\",path=\"{path}\",status=\"200\"}} 1\n", StringComparison.Ordinal));
        Assert.DoesNotContain("BREW", page);
        Assert.DoesNotContain("/somewhere", page);
    }

    [Theory]
    [InlineData("POST", "/livez", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/metrics/more", HttpStatusCode.NotFound)]
    [InlineData("HEAD", "/readyz", HttpStatusCode.OK)]
    public async Task Only_reading_of_known_pages_is_served(string method, string path, HttpStatusCode expected)
    {
        var (_, pages) = await StartAsync(new OperatorOptions { Listen = Probes, MetricsListen = Pages });
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(pages, path));

        using var answer = await _client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData(true, "metrics-listen")]
    [InlineData(false, "listen")]
    public async Task A_port_in_use_gives_one_line_that_names_the_setting(bool isMetrics, string setting)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var busy = (IPEndPoint)taken.LocalEndpoint;
        var options = isMetrics
            ? new OperatorOptions { Listen = Probes, MetricsListen = busy }
            : new OperatorOptions { Listen = busy, MetricsListen = Pages };

        var failure = await Assert.ThrowsAsync<ListenerException>(() => StartAsync(options));

        Assert.Equal($"[operator] {setting} {busy}: the port is already in use; stop the other process or choose another port", failure.Message);
    }

    [Fact]
    public async Task An_address_of_another_machine_gives_one_line_too()
    {
        var failure = await Assert.ThrowsAsync<ListenerException>(() => StartAsync(
            new OperatorOptions { Listen = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0), MetricsListen = Pages }));

        Assert.StartsWith("[operator] listen 192.0.2.1:0 or metrics-listen 127.0.0.2:0: ", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    /// <summary>Starts the server; gives the addresses of probes and pages.</summary>
    private async Task<(Uri Probes, Uri Pages)> StartAsync(OperatorOptions options, bool pretendPublic = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        ObservabilityHosting.Configure(builder, options);
        _app = builder.Build();
        if (pretendPublic)
        {
            _app.Use((context, next) =>
            {
                context.Features.Set(new Listener(ServesMetrics: true, IsLoopback: false));
                return next(context);
            });
        }

        ObservabilityHosting.Map(_app, options, _health, new OperatorMetrics(Prometheus.Metrics.NewCustomRegistry(), _health, _time));
        await ObservabilityHosting.StartAsync(_app, options, TestContext.Current.CancellationToken);
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        return (new Uri(addresses[0]), new Uri(addresses[^1]));
    }

    private async Task<HttpStatusCode> StatusOfAsync(Uri page)
    {
        using var answer = await _client.GetAsync(page);
        return answer.StatusCode;
    }
}
