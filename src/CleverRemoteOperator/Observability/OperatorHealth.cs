using System.Collections.Concurrent;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Observability.Logs;

namespace CleverRemoteOperator.Observability;

/// <summary>Whether the operator makes progress, and the state of each cluster: the source of probes, status page and metrics.</summary>
internal sealed class OperatorHealth(TimeProvider time, SecretRegistry secrets)
{
    /// <summary>After so long without a beat the process counts as stuck.</summary>
    public static readonly TimeSpan BeatLimit = TimeSpan.FromSeconds(60);

    private const int MaxErrorLength = 1024;

    private readonly ConcurrentDictionary<string, ClusterHealth> _clusters = new(StringComparer.Ordinal);
    private long _lastBeat = time.GetTimestamp();

    /// <summary>When this instance started.</summary>
    public DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>True while the main loop beats; never depends on a cluster.</summary>
    public bool IsAlive => time.GetElapsedTime(Interlocked.Read(ref _lastBeat)) <= BeatLimit;

    internal DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Called by the main loop each time round, at least every 30 s.</summary>
    public void Beat() => Interlocked.Exchange(ref _lastBeat, time.GetTimestamp());

    /// <summary>Puts a cluster on the pages, as <see cref="ClusterState.Connecting"/>; one of the same name is replaced.</summary>
    /// <param name="cluster">The cluster's name in the configuration.</param>
    /// <param name="resources">Counts its resources by kind and state; called on every scrape, so it must be cheap and not throw.</param>
    public ClusterHealth Register(string cluster, Func<IReadOnlyList<ResourceCount>> resources) =>
        _clusters[cluster] = new ClusterHealth(cluster, this, resources);

    /// <summary>Every cluster now, by name.</summary>
    public IReadOnlyList<ClusterSnapshot> Clusters() =>
        [.. _clusters.Values.OrderBy(cluster => cluster.Name, StringComparer.Ordinal).Select(cluster => cluster.Snapshot())];

    internal string Clean(string text) => Printable.Shorten(Printable.Escape(secrets.Redact(text)), MaxErrorLength);

    internal void Remove(ClusterHealth cluster) =>
        _clusters.TryRemove(new KeyValuePair<string, ClusterHealth>(cluster.Name, cluster));
}
