using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Clusters;

/// <summary>Gives each cluster its place on the status page, among the metrics, and in the memory that all clusters share.</summary>
/// <param name="memory">What the clusters may keep in memory together.</param>
internal sealed class ClusterRegistry(OperatorHealth health, OperatorMetrics metrics, MemoryShare memory, ClusterMemories memories)
{
    // Of a cluster that is served whole it is not known before how many namespaces it has.
    private const int FewestNamespaces = 4;

    /// <summary>Registers a cluster until disposed: from the first try to serve it to the last, so that the shares of the others do not depend on who answers first.</summary>
    /// <param name="count">Counts its resources; called on every scrape.</param>
    public RegisteredCluster Register(ClusterDefinition definition, Func<IReadOnlyList<ResourceCount>> count)
    {
        var name = definition.Id.Name;
        var share = memory.Join(name, definition.Namespaces.Contains("*") ? FewestNamespaces : definition.Namespaces.Count);
        var remembered = memories.Of(definition.Id);
        return new RegisteredCluster(
            health.Register(name, count),
            share,
            [
                metrics.Memory.Track(name, () => share.Used, () => share.Limit),
                metrics.Memory.TrackRemembered(name, "resources", () => remembered.Resources.Count, () => remembered.Resources.Bytes),
                metrics.Memory.TrackRemembered(name, "namespaces", () => remembered.Namespaces.Count, () => remembered.Namespaces.Bytes),
            ],
            () => metrics.RemoveCluster(name));
    }
}

/// <summary>A cluster that is configured; dispose it once its last loop has ended.</summary>
/// <param name="gauges">What is shown of it in the metrics.</param>
/// <param name="removeCounters">Takes its counters and histograms off the page.</param>
internal sealed class RegisteredCluster(ClusterHealth health, MemoryShare memory, IReadOnlyList<IDisposable> gauges, Action removeCounters) : IDisposable
{
    public ClusterHealth Health => health;

    /// <summary>Its share of memory.</summary>
    public MemoryShare Memory => memory;

    public void Dispose()
    {
        removeCounters();
        foreach (var gauge in gauges)
        {
            gauge.Dispose();
        }

        memory.Dispose();
        health.Dispose();
    }
}
