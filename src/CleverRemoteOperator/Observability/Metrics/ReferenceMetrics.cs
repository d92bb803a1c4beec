using System.Globalization;
using Prometheus;

namespace CleverRemoteOperator.Observability.Metrics;

/// <summary>
/// The reference operator's metric names with its labels, beside ours, so that its dashboards and alerts keep working. Durations are
/// counters in microseconds, as there. The label <c>namespace</c> is always empty, as the number of namespaces is unbounded.
/// </summary>
internal sealed class ReferenceMetrics(CollectorRegistry registry)
{
    private const string Unit = "us";
    private const string AnyNamespace = "";

    private readonly Counter _cleverRequests = Create(registry, "clever_cloud_client_request",
        "Requests to the Clever API. See clever_operator_clever_requests_total.", ["endpoint", "method", "status"]);
    private readonly Counter _cleverDuration = Create(registry, "clever_cloud_client_request_duration",
        "Duration of requests to the Clever API.", ["endpoint", "method", "status", "unit"]);
    private readonly Counter _kubernetesSuccess = Create(registry, "kubernetes_client_request_success",
        "Successful requests to Kubernetes APIs. See clever_operator_kubernetes_requests_total.", ["action", "namespace"]);
    private readonly Counter _kubernetesFailure = Create(registry, "kubernetes_client_request_failure",
        "Failed requests to Kubernetes APIs.", ["action", "namespace"]);
    private readonly Counter _kubernetesDuration = Create(registry, "kubernetes_client_request_duration",
        "Duration of requests to Kubernetes APIs.", ["action", "namespace", "unit"]);
    private readonly Counter _reconciled = Create(registry, "kubernetes_operator_reconciliation_success",
        "Successful reconciles. See clever_operator_reconciliations_total.", ["kind"]);
    private readonly Counter _reconcileFailed = Create(registry, "kubernetes_operator_reconciliation_failed",
        "Failed reconciles.", ["kind"]);
    private readonly Counter _changes = Create(registry, "kubernetes_operator_reconciliation_event",
        "Resource changes: upsert or delete. See clever_operator_watch_events_total.", ["kind", "namespace", "event"]);
    private readonly Counter _reconcileDuration = Create(registry, "kubernetes_operator_reconciliation_duration",
        "Duration of reconciles.", ["kind", "unit"]);
    private readonly Counter _served = Create(registry, "kubernetes_operator_server_request_success",
        "Requests to the operator's own pages with a status below 400.", ["method", "path", "status"]);
    private readonly Counter _refused = Create(registry, "kubernetes_operator_server_request_failure",
        "Requests to the operator's own pages with any other status.", ["method", "path", "status"]);
    private readonly Counter _serverDuration = Create(registry, "kubernetes_operator_server_request_duration",
        "Duration of requests to the operator's own pages.", ["method", "path", "status", "unit"]);

    public void CleverRequested(string method, string route, string status, TimeSpan duration)
    {
        _cleverRequests.WithLabels(route, method, status).Inc();
        _cleverDuration.WithLabels(route, method, status, Unit).Inc(duration.TotalMicroseconds);
    }

    /// <param name="status">Of the response; as there, 404 is no failure.</param>
    public void KubernetesRequested(string verb, int? status, TimeSpan duration)
    {
        var action = verb == "create" ? "POST" : verb.ToUpperInvariant();
        (status is < 400 or 404 ? _kubernetesSuccess : _kubernetesFailure).WithLabels(action, AnyNamespace).Inc();
        _kubernetesDuration.WithLabels(action, AnyNamespace, Unit).Inc(duration.TotalMicroseconds);
    }

    public void Reconciled(string kind, ReconcileOutcome outcome, TimeSpan duration)
    {
        (outcome is ReconcileOutcome.Done or ReconcileOutcome.Requeued ? _reconciled : _reconcileFailed).WithLabels(kind).Inc();
        _reconcileDuration.WithLabels(kind, Unit).Inc(duration.TotalMicroseconds);
    }

    public void Changed(string kind, string type)
    {
        if (type is "listed" or "applied" or "deleted")
        {
            _changes.WithLabels(kind, AnyNamespace, type == "deleted" ? "delete" : "upsert").Inc();
        }
    }

    /// <param name="path">The mapped path, never the requested one.</param>
    public void Served(string method, string path, int status, TimeSpan duration)
    {
        var text = status.ToString(CultureInfo.InvariantCulture);
        (status < 400 ? _served : _refused).WithLabels(method, path, text).Inc();
        _serverDuration.WithLabels(method, path, text, Unit).Inc(duration.TotalMicroseconds);
    }

    private static Counter Create(CollectorRegistry registry, string name, string help, string[] labels) =>
        Prometheus.Metrics.WithCustomRegistry(registry).CreateCounter(name, help, labels);
}
