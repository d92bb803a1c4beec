using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Clusters;

/// <summary>Registers each configured cluster for the status page, the metrics and its share of memory.</summary>
/// <param name="memory">The memory that all clusters share.</param>
internal sealed class ClusterRegistry(OperatorHealth health, OperatorMetrics metrics, MemoryShare memory, ClusterMemories memories)
{
    // Assumed for a whole cluster, as the number of its namespaces is not known beforehand.
    private const int FewestNamespaces = 4;

    /// <summary>Registers a cluster until disposed: for as long as it is configured, so that memory shares do not depend on which cluster answers first.</summary>
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

/// <summary>A configured cluster; dispose it once its last loop has ended.</summary>
/// <param name="gauges">Its gauges.</param>
/// <param name="removeCounters">Removes its counters and histograms.</param>
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
