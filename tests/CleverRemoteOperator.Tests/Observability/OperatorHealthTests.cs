using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Logs;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Observability;

public sealed class OperatorHealthTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SecretRegistry _secrets = new();
    private readonly OperatorHealth _health;

    public OperatorHealthTests() => _health = new OperatorHealth(_time, _secrets);

    [Fact]
    public void It_is_alive_from_the_start_until_a_minute_without_a_beat()
    {
        Assert.True(_health.IsAlive);
        _time.Advance(OperatorHealth.BeatLimit);
        Assert.True(_health.IsAlive);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_health.IsAlive);

        _health.Beat();

        Assert.True(_health.IsAlive);
    }

    [Fact]
    public void A_cluster_in_trouble_does_not_make_the_operator_stuck()
    {
        using var paris = _health.Register("paris", () => []);
        paris.Report(ClusterState.Unreachable, "connection refused");

        Assert.True(_health.IsAlive);
    }

    [Fact]
    public void Since_moves_only_when_the_state_does()
    {
        using var paris = _health.Register("paris", () => []);
        _time.Advance(TimeSpan.FromSeconds(5));
        var synced = _time.GetUtcNow();
        Assert.True(paris.Report(ClusterState.Synced));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(paris.Report(ClusterState.Synced));

        var cluster = Assert.Single(_health.Clusters());

        Assert.Equal(ClusterState.Synced, cluster.State);
        Assert.Equal(synced, cluster.Since);
    }

    [Fact]
    public void The_last_error_outlives_the_recovery_and_tells_when_it_was()
    {
        using var paris = _health.Register("paris", () => []);
        var failed = _time.GetUtcNow();
        paris.Report(ClusterState.Unreachable, "connection refused");
        _time.Advance(TimeSpan.FromSeconds(5));
        paris.Report(ClusterState.Synced);

        var cluster = Assert.Single(_health.Clusters());

        Assert.Equal("connection refused", cluster.LastError);
        Assert.Equal(failed, cluster.LastErrorAt);
    }

    [Fact]
    public void An_error_is_bounded_on_one_line_and_without_secrets()
    {
        _secrets.Add("s3cret-value");
        using var paris = _health.Register("paris", () => []);
        paris.Report(ClusterState.Unreachable, "token s3cret-value\r\nforged \u202eline " + new string('x', 2000) + " cannot list resource");

        var error = Assert.Single(_health.Clusters()).LastError!;

        Assert.StartsWith("token ***\\u000d\\u000aforged \\u202eline x", error);
        Assert.EndsWith("x cannot list resource", error);
        Assert.Equal(1024, error.Length);
    }

    [Fact]
    public void A_cluster_leaves_the_page_when_it_is_disposed_and_not_the_one_that_replaced_it()
    {
        var old = _health.Register("paris", () => []);
        var replacement = _health.Register("paris", () => [new("Redis", "Ready", 1)]);

        old.Dispose();
        Assert.NotEmpty(Assert.Single(_health.Clusters()).Resources);

        replacement.Dispose();
        Assert.Empty(_health.Clusters());
    }

    [Fact]
    public void Clusters_are_listed_by_name()
    {
        using var paris = _health.Register("paris", () => []);
        using var montreal = _health.Register("montreal", () => []);

        Assert.Equal(["montreal", "paris"], _health.Clusters().Select(cluster => cluster.Name));
    }
}
