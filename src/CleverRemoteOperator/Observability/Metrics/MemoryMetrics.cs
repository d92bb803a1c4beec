using System.Collections.Concurrent;
using Prometheus;

namespace CleverRemoteOperator.Observability.Metrics;

/// <summary>Memory used by what is kept of the clusters, and what is not kept because the limit is reached; computed on each scrape.</summary>
internal sealed class MemoryMetrics
{
    private readonly ConcurrentDictionary<Share, bool> _shares = new();
    private readonly ConcurrentDictionary<Watch, bool> _watches = new();
    private readonly ConcurrentDictionary<Memory, bool> _memories = new();

    public MemoryMetrics(CollectorRegistry registry)
    {
        var create = Prometheus.Metrics.WithCustomRegistry(registry);
        var kept = create.CreateGauge("clever_operator_kept_bytes", "Approximate memory used by what is kept of the cluster.", ["cluster"]);
        var limit = create.CreateGauge("clever_operator_kept_limit_bytes", "Limit of what may be kept of the cluster.", ["cluster"]);
        var refusals = create.CreateGauge("clever_operator_refusals",
            "How often an object was not kept, or not completely, because its namespace or cluster exceeded its share of memory; since its watch started.",
            ["cluster", "kind"]);
        var remembered = create.CreateGauge("clever_operator_remembered",
            "Entries remembered of the cluster besides what its watches keep: resources and namespaces.", ["cluster", "of"]);
        var rememberedBytes = create.CreateGauge("clever_operator_remembered_bytes", "Approximate memory used by these entries.", ["cluster", "of"]);
        registry.AddBeforeCollectCallback(() =>
        {
            OperatorMetrics.Publish(remembered, _memories.Keys.Select(memory => (new[] { memory.Cluster, memory.Of }, (double)memory.Count())));
            OperatorMetrics.Publish(rememberedBytes, _memories.Keys.Select(memory => (new[] { memory.Cluster, memory.Of }, (double)memory.Bytes())));
            OperatorMetrics.Publish(kept, _shares.Keys.Select(share => (new[] { share.Cluster }, (double)share.Used())));
            OperatorMetrics.Publish(limit, _shares.Keys.Select(share => (new[] { share.Cluster }, (double)share.Limit())));
            OperatorMetrics.Publish(refusals, _watches.Keys.GroupBy(watch => (watch.Cluster, watch.Kind), (key, watches) =>
                (new[] { key.Cluster, key.Kind }, (double)watches.Sum(watch => watch.Refusals()))));
        });
    }

    /// <summary>Shows the memory used and allowed for a cluster until disposed. Both are called on every scrape: must be cheap and not throw.</summary>
    public IDisposable Track(string cluster, Func<long> used, Func<long> limit) => new Share(_shares, cluster, used, limit);

    /// <summary>Shows how much is remembered of a cluster's resources or namespaces, until disposed.</summary>
    /// <param name="of"><c>resources</c> or <c>namespaces</c>.</param>
    public IDisposable TrackRemembered(string cluster, string of, Func<int> count, Func<long> bytes) => new Memory(_memories, cluster, of, count, bytes);

    /// <summary>Shows how often a watch could not keep an object, until disposed.</summary>
    public IDisposable TrackRefusals(string cluster, string kind, Func<long> refusals) => new Watch(_watches, cluster, kind, refusals);

    private sealed class Memory : IDisposable
    {
        private readonly ConcurrentDictionary<Memory, bool> _all;

        public Memory(ConcurrentDictionary<Memory, bool> all, string cluster, string of, Func<int> count, Func<long> bytes)
        {
            (_all, Cluster, Of, Count, Bytes) = (all, cluster, of, count, bytes);
            _all[this] = true;
        }

        public string Cluster { get; }

        public string Of { get; }

        public Func<int> Count { get; }

        public Func<long> Bytes { get; }

        public void Dispose() => _all.TryRemove(this, out _);
    }

    private sealed class Share : IDisposable
    {
        private readonly ConcurrentDictionary<Share, bool> _all;

        public Share(ConcurrentDictionary<Share, bool> all, string cluster, Func<long> used, Func<long> limit)
        {
            (_all, Cluster, Used, Limit) = (all, cluster, used, limit);
            _all[this] = true;
        }

        public string Cluster { get; }

        public Func<long> Used { get; }

        public Func<long> Limit { get; }

        public void Dispose() => _all.TryRemove(this, out _);
    }

    private sealed class Watch : IDisposable
    {
        private readonly ConcurrentDictionary<Watch, bool> _all;

        public Watch(ConcurrentDictionary<Watch, bool> all, string cluster, string kind, Func<long> refusals)
        {
            (_all, Cluster, Kind, Refusals) = (all, cluster, kind, refusals);
            _all[this] = true;
        }

        public string Cluster { get; }

        public string Kind { get; }

        public Func<long> Refusals { get; }

        public void Dispose() => _all.TryRemove(this, out _);
    }
}
