using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Prometheus;

namespace CleverRemoteOperator.Observability.Metrics;

/// <summary>
/// Every metric of the operator, its help and its labels, on a registry of its own. All label values come from bounded sets:
/// clusters and kinds of the configuration, route templates, status codes. Namespaces and names are never labels.
/// </summary>
/// <remarks>
/// Counters and histograms are updated as things happen; gauges are computed on each scrape, so they need no clean-up.
/// <see cref="ReferenceMetrics"/> has the same under the reference operator's names.
/// </remarks>
internal sealed class OperatorMetrics
{
    private const string NoStatus = "none";

    private static readonly string[] Outcomes = [.. Enum.GetNames<ReconcileOutcome>().Select(name => name.ToLowerInvariant())];
    private static readonly ClusterState[] States = Enum.GetValues<ClusterState>();
    private static readonly double[] ReconcileBuckets = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] RequestBuckets = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30];

    private readonly OperatorHealth _health;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<Source<int>, bool> _queues = new();
    private readonly ConcurrentDictionary<Source<DateTimeOffset>, bool> _watches = new();
    private readonly List<Action<string>> _removals = [];

    public OperatorMetrics(CollectorRegistry registry, OperatorHealth health, TimeProvider time)
    {
        Registry = registry;
        Reference = new ReferenceMetrics(registry);
        Memory = new MemoryMetrics(registry);
        _health = health;
        _time = time;
        var create = Prometheus.Metrics.WithCustomRegistry(registry);

        Reconciliations = PerCluster(create.CreateCounter("clever_operator_reconciliations_total",
            "Reconciles by result: done, requeued (succeeded, runs again later), failed (retried), terminal (waits for a change).",
            ["cluster", "kind", "result"]));
        ReconciliationDuration = PerCluster(create.CreateHistogram("clever_operator_reconciliation_duration_seconds",
            "Duration of reconciles.", ["cluster", "kind"], new HistogramConfiguration { Buckets = ReconcileBuckets }));
        WatchEvents = PerCluster(create.CreateCounter("clever_operator_watch_events_total",
            "Watch events by type: listed, applied, deleted, malformed; synced when a list is complete.", ["cluster", "kind", "type"]));
        KubernetesRequests = PerCluster(create.CreateCounter("clever_operator_kubernetes_requests_total",
            "Requests to Kubernetes APIs; status none = no response.", ["cluster", "verb", "resource", "status"]));
        KubernetesRequestDuration = PerCluster(create.CreateHistogram("clever_operator_kubernetes_request_duration_seconds",
            "Time until a Kubernetes API responds (to a watch: until its headers).", ["cluster", "verb"],
            new HistogramConfiguration { Buckets = RequestBuckets }));
        Events = PerCluster(create.CreateCounter("clever_operator_events_total",
            "Kubernetes Events by reason and result: written, failed.", ["cluster", "reason", "result"]));
        CleverRequests = create.CreateCounter("clever_operator_clever_requests_total",
            "Requests to the Clever API by route template; status none = no response.", ["method", "route", "status"]);
        CleverRequestDuration = create.CreateHistogram("clever_operator_clever_request_duration_seconds",
            "Time until the Clever API responds.", ["method", "route"], new HistogramConfiguration { Buckets = RequestBuckets });

        var queueDepth = create.CreateGauge("clever_operator_queue_depth", "Resources waiting to be reconciled.", ["cluster"]);
        var watchAge = create.CreateGauge("clever_operator_watch_age_seconds",
            "Time since the last event or bookmark of a watch; of several of a kind, the oldest.", ["cluster", "kind"]);
        var clusterState = create.CreateGauge("clever_operator_cluster_state", "1 for the cluster's current state, else 0.", ["cluster", "state"]);
        var resources = create.CreateGauge("clever_operator_resources", "Resources by kind and state.", ["cluster", "kind", "state"]);
        var alive = create.CreateGauge("clever_operator_alive", "1 while the main loop makes progress, else 0.");
        create.CreateGauge("clever_operator_build_info", "Always 1; the label has the version.", ["version"]).WithLabels(Version).Set(1);

        registry.AddBeforeCollectCallback(() =>
        {
            var clusters = _health.Clusters();
            Publish(queueDepth, _queues.Keys.GroupBy(queue => queue.Cluster, (cluster, queues) =>
                (new[] { cluster }, (double)queues.Sum(queue => queue.Read()))));
            Publish(watchAge, _watches.Keys.GroupBy(watch => (watch.Cluster, watch.Kind), (key, watches) =>
                (new[] { key.Cluster, key.Kind }, Age(watches.Min(watch => watch.Read())))));
            Publish(clusterState, clusters.SelectMany(cluster => States, (cluster, state) =>
                (new[] { cluster.Name, Label(state) }, cluster.State == state ? 1d : 0d)));
            Publish(resources, clusters.SelectMany(cluster => cluster.Resources.GroupBy(
                count => (count.Kind, count.State),
                (key, counts) => (new[] { cluster.Name, key.Kind, key.State }, (double)counts.Sum(count => count.Count)))));
            alive.Set(_health.IsAlive ? 1 : 0);
        });
    }

    /// <summary>The operator's version, as built.</summary>
    public static string Version { get; } = typeof(OperatorMetrics).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Holds the metrics that <c>/metrics</c> prints.</summary>
    public CollectorRegistry Registry { get; }

    /// <summary>The same under the reference operator's names.</summary>
    public ReferenceMetrics Reference { get; }

    /// <summary>Memory used by what is kept of the clusters.</summary>
    public MemoryMetrics Memory { get; }

    internal Counter Reconciliations { get; }

    internal Histogram ReconciliationDuration { get; }

    internal Counter WatchEvents { get; }

    internal Counter KubernetesRequests { get; }

    internal Histogram KubernetesRequestDuration { get; }

    internal Counter Events { get; }

    internal Counter CleverRequests { get; }

    internal Histogram CleverRequestDuration { get; }

    /// <summary>Counts a reconcile that has ended.</summary>
    public void Reconciled(string cluster, string kind, ReconcileOutcome outcome, TimeSpan duration)
    {
        Reconciliations.WithLabels(cluster, kind, Outcomes[(int)outcome]).Inc();
        ReconciliationDuration.WithLabels(cluster, kind).Observe(duration.TotalSeconds);
        Reference.Reconciled(kind, outcome, duration);
    }

    /// <summary>Shows a queue's depth until disposed; queues of one cluster are summed.</summary>
    /// <param name="depth">Called on every scrape: must be cheap and not throw.</param>
    public IDisposable TrackQueue(string cluster, Func<int> depth) => new Source<int>(_queues, cluster, "", depth);

    /// <summary>Shows the age of a watch until disposed; the oldest of a cluster and kind counts. Its reconciles are shown from then on, as zero.</summary>
    /// <param name="lastHeard">When the last event or bookmark came. Called on every scrape: must be cheap and not throw.</param>
    public IDisposable TrackWatch(string cluster, string kind, Func<DateTimeOffset> lastHeard)
    {
        foreach (var outcome in Outcomes)
        {
            Reconciliations.WithLabels(cluster, kind, outcome);
        }

        return new Source<DateTimeOffset>(_watches, cluster, kind, lastHeard);
    }

    /// <summary>Counts a watch event or an item of a list.</summary>
    /// <param name="type">listed, applied, deleted, synced (a list was complete) or malformed.</param>
    public void WatchEventRead(string cluster, string kind, string type)
    {
        WatchEvents.WithLabels(cluster, kind, type).Inc();
        Reference.Changed(kind, type);
    }

    /// <summary>Counts a request to a Kubernetes API.</summary>
    /// <param name="verb">get, list, watch, create, update, patch, delete.</param>
    /// <param name="resource">Plural with subresource (<c>redis/status</c>), or empty for discovery.</param>
    /// <param name="status">Status of the answer; null when there was none.</param>
    public void KubernetesRequested(string cluster, string verb, string resource, int? status, TimeSpan duration)
    {
        KubernetesRequests.WithLabels(cluster, verb, resource, Label(status)).Inc();
        KubernetesRequestDuration.WithLabels(cluster, verb).Observe(duration.TotalSeconds);
        Reference.KubernetesRequested(verb, status, duration);
    }

    /// <summary>Counts a request to the Clever API.</summary>
    /// <param name="route">The template, never the path: <c>/v2/organisations/{id}/addons</c>.</param>
    /// <param name="status">Status of the answer; null when there was none.</param>
    public void CleverRequested(string method, string route, int? status, TimeSpan duration)
    {
        CleverRequests.WithLabels(method, route, Label(status)).Inc();
        CleverRequestDuration.WithLabels(method, route).Observe(duration.TotalSeconds);
        Reference.CleverRequested(method, route, Label(status), duration);
    }

    /// <summary>Counts a Kubernetes Event.</summary>
    /// <param name="reason">The Event's reason, one of those the code knows.</param>
    public void EventPublished(string cluster, string reason, bool written) =>
        Events.WithLabels(cluster, reason, written ? "written" : "failed").Inc();

    /// <summary>Removes every counter and histogram of the cluster. Call it when its loops have ended.</summary>
    public void RemoveCluster(string cluster) => _removals.ForEach(remove => remove(cluster));

    internal static void Publish(Gauge gauge, IEnumerable<(string[] Labels, double Value)> values)
    {
        var stale = gauge.GetAllLabelValues().ToDictionary(labels => string.Join('\n', labels), StringComparer.Ordinal);
        foreach (var (labels, value) in values)
        {
            gauge.WithLabels(labels).Set(value);
            stale.Remove(string.Join('\n', labels));
        }

        foreach (var labels in stale.Values)
        {
            gauge.RemoveLabelled(labels);
        }
    }

    private static void Remove<TChild>(Collector<TChild> collector, string cluster)
        where TChild : ChildBase
    {
        foreach (var labels in collector.GetAllLabelValues().Where(labels => labels[0] == cluster))
        {
            collector.RemoveLabelled(labels);
        }
    }

    private static string Label(int? status) => status?.ToString(CultureInfo.InvariantCulture) ?? NoStatus;

    private static string Label(ClusterState state) => state.ToString().ToLowerInvariant();

    private double Age(DateTimeOffset lastHeard) => Math.Max(0, (_time.GetUtcNow() - lastHeard).TotalSeconds);

    private Counter PerCluster(Counter counter)
    {
        _removals.Add(cluster => Remove(counter, cluster));
        return counter;
    }

    private Histogram PerCluster(Histogram histogram)
    {
        _removals.Add(cluster => Remove(histogram, cluster));
        return histogram;
    }

    /// <summary>Something read on every scrape until disposed.</summary>
    private sealed class Source<T> : IDisposable
    {
        private readonly ConcurrentDictionary<Source<T>, bool> _all;

        public Source(ConcurrentDictionary<Source<T>, bool> all, string cluster, string kind, Func<T> read)
        {
            (_all, Cluster, Kind, Read) = (all, cluster, kind, read);
            _all[this] = true;
        }

        public string Cluster { get; }

        public string Kind { get; }

        public Func<T> Read { get; }

        public void Dispose() => _all.TryRemove(this, out _);
    }
}
