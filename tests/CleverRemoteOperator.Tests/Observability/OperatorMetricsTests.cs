using System.Text;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Observability.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Observability;

public sealed partial class OperatorMetricsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly OperatorHealth _health;
    private readonly OperatorMetrics _metrics;

    public OperatorMetricsTests()
    {
        _health = new OperatorHealth(_time, new SecretRegistry());
        _metrics = new OperatorMetrics(Prometheus.Metrics.NewCustomRegistry(), _health, _time);
    }

    [Fact]
    public async Task A_reconcile_is_counted_and_its_time_lands_in_a_bucket()
    {
        _metrics.Reconciled("paris", "Redis", ReconcileOutcome.Requeued, TimeSpan.FromMilliseconds(7));

        var page = await ScrapeAsync();

        Assert.Contains("clever_operator_reconciliations_total{cluster=\"paris\",kind=\"Redis\",result=\"requeued\"} 1\n", page);
        Assert.Contains("clever_operator_reconciliation_duration_seconds_bucket{cluster=\"paris\",kind=\"Redis\",le=\"0.005\"} 0\n", page);
        Assert.Contains("clever_operator_reconciliation_duration_seconds_bucket{cluster=\"paris\",kind=\"Redis\",le=\"0.01\"} 1\n", page);
    }

    [Fact]
    public async Task Reconciles_of_a_watched_kind_are_shown_as_zero_before_the_first()
    {
        using var watch = _metrics.TrackWatch("paris", "Redis", _time.GetUtcNow);

        var page = await ScrapeAsync();

        Assert.All(
            ["done", "requeued", "failed", "terminal"],
            result => Assert.Contains($"clever_operator_reconciliations_total{{cluster=\"paris\",kind=\"Redis\",result=\"{result}\"}} 0\n", page));
    }

    [Fact]
    public async Task Queues_of_one_cluster_are_summed_and_leave_with_their_last()
    {
        var first = _metrics.TrackQueue("paris", () => 3);
        var second = _metrics.TrackQueue("paris", () => 4);
        Assert.Contains("clever_operator_queue_depth{cluster=\"paris\"} 7\n", await ScrapeAsync());

        first.Dispose();
        Assert.Contains("clever_operator_queue_depth{cluster=\"paris\"} 4\n", await ScrapeAsync());

        second.Dispose();
        Assert.DoesNotContain("clever_operator_queue_depth{", await ScrapeAsync());
    }

    [Fact]
    public async Task The_age_of_a_kind_is_that_of_its_oldest_watch()
    {
        var start = _time.GetUtcNow();
        using var quiet = _metrics.TrackWatch("paris", "Redis", () => start);
        using var lively = _metrics.TrackWatch("paris", "Redis", _time.GetUtcNow);

        _time.Advance(TimeSpan.FromSeconds(42));

        Assert.Contains("clever_operator_watch_age_seconds{cluster=\"paris\",kind=\"Redis\"} 42\n", await ScrapeAsync());
    }

    [Fact]
    public async Task A_cluster_shows_one_for_its_state_and_zero_for_the_others()
    {
        using var paris = _health.Register("paris", () => []);
        paris.Report(ClusterState.Unauthorized);

        var page = await ScrapeAsync();

        Assert.Contains("clever_operator_cluster_state{cluster=\"paris\",state=\"unauthorized\"} 1\n", page);
        Assert.Contains("clever_operator_cluster_state{cluster=\"paris\",state=\"connecting\"} 0\n", page);
        Assert.Equal(Enum.GetValues<ClusterState>().Length, Regex.Count(page, "(?m)^clever_operator_cluster_state{"));
    }

    [Fact]
    public async Task Resources_are_counted_by_state_and_a_state_nobody_is_in_any_more_disappears()
    {
        IReadOnlyList<ResourceCount> counts = [new("Redis", "NotReady", 2), new("Redis", "NotReady", 1)];
        using var paris = _health.Register("paris", () => counts);
        Assert.Contains("clever_operator_resources{cluster=\"paris\",kind=\"Redis\",state=\"NotReady\"} 3\n", await ScrapeAsync());

        counts = [new("Redis", "Ready", 3)];

        var page = await ScrapeAsync();
        Assert.Contains("clever_operator_resources{cluster=\"paris\",kind=\"Redis\",state=\"Ready\"} 3\n", page);
        Assert.DoesNotContain("NotReady", page);
    }

    [Fact]
    public async Task Requests_are_counted_by_status_and_none_where_there_was_no_answer()
    {
        _metrics.CleverRequested("POST", "/v2/organisations/{id}/addons", null, TimeSpan.FromSeconds(1));
        _metrics.KubernetesRequested("paris", "patch", "redis/status", 409, TimeSpan.FromSeconds(1));

        var page = await ScrapeAsync();

        Assert.Contains("clever_operator_clever_requests_total{method=\"POST\",route=\"/v2/organisations/{id}/addons\",status=\"none\"} 1\n", page);
        Assert.Contains("clever_operator_clever_request_duration_seconds_count{method=\"POST\",route=\"/v2/organisations/{id}/addons\"} 1\n", page);
        Assert.Contains("clever_operator_kubernetes_requests_total{cluster=\"paris\",verb=\"patch\",resource=\"redis/status\",status=\"409\"} 1\n", page);
        Assert.Contains("clever_operator_kubernetes_request_duration_seconds_count{cluster=\"paris\",verb=\"patch\"} 1\n", page);
    }

    [Fact]
    public async Task A_cluster_that_goes_takes_every_series_of_its_own_and_no_other()
    {
        foreach (var cluster in (string[])["paris", "montreal"])
        {
            _metrics.Reconciled(cluster, "Redis", ReconcileOutcome.Done, TimeSpan.Zero);
            _metrics.KubernetesRequested(cluster, "get", "redis", 200, TimeSpan.Zero);
            _metrics.WatchEventRead(cluster, "Redis", "added");
            _metrics.EventPublished(cluster, "AddonCreated", written: true);
        }

        var before = await ScrapeAsync();
        _metrics.RemoveCluster("paris");
        var after = await ScrapeAsync();

        Assert.DoesNotContain("paris", after);
        Assert.Equal(Regex.Count(before, "montreal"), Regex.Count(after, "montreal"));
        Assert.Equal(Regex.Count(before, "paris"), Regex.Count(before, "montreal"));
    }

    [Fact]
    public async Task Every_metric_has_a_help_and_a_name_with_its_unit()
    {
        var page = await ScrapeAsync();

        var help = HelpLine().Matches(page).Select(match => (Name: match.Groups[1].Value, Text: match.Groups[2].Value)).ToList();
        Assert.Equal(19, help.Count(line => line.Name.StartsWith("clever_operator_", StringComparison.Ordinal)));
        Assert.All(help, line => Assert.EndsWith(".", line.Text));
        Assert.All(Regex.Matches(page, @"(?m)^# TYPE (clever_operator_\S+) counter").Select(match => match.Groups[1].Value), name => Assert.EndsWith("_total", name));
        Assert.All(Regex.Matches(page, @"(?m)^# TYPE (\S+) histogram").Select(match => match.Groups[1].Value), name => Assert.EndsWith("_seconds", name));
    }

    private async Task<string> ScrapeAsync()
    {
        using var page = new MemoryStream();
        await _metrics.Registry.CollectAndExportAsTextAsync(page);
        return Encoding.UTF8.GetString(page.ToArray());
    }

    [GeneratedRegex("(?m)^# HELP (\\S+) (.*)$")]
    private static partial Regex HelpLine();
}
