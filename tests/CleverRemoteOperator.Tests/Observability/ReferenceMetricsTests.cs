using System.Text;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Observability.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Observability;

/// <summary>Every metric the reference operator documents is on our page, with its labels, and counts.</summary>
public sealed class ReferenceMetricsTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(2);
    private readonly OperatorMetrics _metrics;

    public ReferenceMetricsTests()
    {
        var time = new FakeTimeProvider();
        _metrics = new OperatorMetrics(Prometheus.Metrics.NewCustomRegistry(), new OperatorHealth(time, new SecretRegistry()), time);
        _metrics.CleverRequested("POST", "/v2/organisations/{id}/addons", 200, Duration);
        _metrics.KubernetesRequested("paris", "get", "redis", 404, Duration);
        _metrics.KubernetesRequested("montreal", "get", "redis", 200, Duration);
        _metrics.KubernetesRequested("paris", "create", "events", 403, Duration);
        _metrics.KubernetesRequested("paris", "create", "events", null, Duration);
        _metrics.Reconciled("paris", "Redis", ReconcileOutcome.Done, Duration);
        _metrics.Reconciled("montreal", "Redis", ReconcileOutcome.Requeued, Duration);
        _metrics.Reconciled("paris", "Redis", ReconcileOutcome.Failed, Duration);
        _metrics.Reconciled("paris", "Redis", ReconcileOutcome.Terminal, Duration);
        _metrics.WatchEventRead("paris", "Redis", "listed");
        _metrics.WatchEventRead("montreal", "Redis", "applied");
        _metrics.WatchEventRead("paris", "Redis", "synced");
        _metrics.WatchEventRead("paris", "Redis", "deleted");
        _metrics.Reference.Served("GET", "/healthz", 200, Duration);
        _metrics.Reference.Served("GET", "/healthz", 503, Duration);
    }

    [Theory]
    [InlineData("clever_cloud_client_request", "endpoint=\"/v2/organisations/{id}/addons\",method=\"POST\",status=\"200\"", 1)]
    [InlineData("clever_cloud_client_request_duration", "endpoint=\"/v2/organisations/{id}/addons\",method=\"POST\",status=\"200\",unit=\"us\"", 2000)]
    [InlineData("kubernetes_client_request_success", "action=\"GET\",namespace=\"\"", 2)]
    [InlineData("kubernetes_client_request_failure", "action=\"POST\",namespace=\"\"", 2)]
    [InlineData("kubernetes_client_request_duration", "action=\"GET\",namespace=\"\",unit=\"us\"", 4000)]
    [InlineData("kubernetes_operator_reconciliation_success", "kind=\"Redis\"", 2)]
    [InlineData("kubernetes_operator_reconciliation_failed", "kind=\"Redis\"", 2)]
    [InlineData("kubernetes_operator_reconciliation_event", "kind=\"Redis\",namespace=\"\",event=\"upsert\"", 2)]
    [InlineData("kubernetes_operator_reconciliation_event", "kind=\"Redis\",namespace=\"\",event=\"delete\"", 1)]
    [InlineData("kubernetes_operator_reconciliation_duration", "kind=\"Redis\",unit=\"us\"", 8000)]
    [InlineData("kubernetes_operator_server_request_success", "method=\"GET\",path=\"/healthz\",status=\"200\"", 1)]
    [InlineData("kubernetes_operator_server_request_failure", "method=\"GET\",path=\"/healthz\",status=\"503\"", 1)]
    [InlineData("kubernetes_operator_server_request_duration", "method=\"GET\",path=\"/healthz\",status=\"200\",unit=\"us\"", 2000)]
    public async Task Each_counts_under_its_name_with_its_labels_over_all_clusters(string name, string labels, int value)
    {
        using var page = new MemoryStream();
        await _metrics.Registry.CollectAndExportAsTextAsync(page, TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetString(page.ToArray());

        Assert.Contains($"# TYPE {name} counter\n", text, StringComparison.Ordinal);
        Assert.Contains($"\n{name}{{{labels}}} {value}\n", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex($"(?m)^{name}{{.*cluster="), text);
    }
}
