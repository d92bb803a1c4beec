using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Commands.Fleet;

/// <summary>A cluster as it is configured now.</summary>
/// <param name="Source">Where: a file, or a variable.</param>
/// <param name="Definition">What leads to it; null when its kubeconfig cannot even be read.</param>
/// <param name="Problem">Why it cannot; null otherwise.</param>
internal sealed record FleetCluster(string Name, string Source, ClusterDefinition? Definition, string? Problem)
{
    /// <summary>Every cluster of the configuration, by name, those without a usable kubeconfig among them, and what else is wrong with it.</summary>
    public static (IReadOnlyList<FleetCluster> Clusters, IReadOnlyList<ConfigurationMistake> Mistakes) All(
        OperatorConfiguration configuration, ClusterDefinitions definitions)
    {
        var (options, mistakes) = ConfiguredClusters.Now(configuration);
        var usable = definitions.Read().ToDictionary(definition => definition.Id.Name, StringComparer.Ordinal);
        var clusters = options.OrderBy(cluster => cluster.Name, StringComparer.Ordinal).Select(cluster =>
        {
            var source = cluster.KubeconfigPath is { } path ? PathText.Shown(path) : cluster.Source;
            return usable.TryGetValue(cluster.Name, out var definition)
                ? new FleetCluster(cluster.Name, source, definition, null)
                : new FleetCluster(cluster.Name, source, null, string.Join("; ", KubeconfigSummary.Of(cluster).Problems));
        });
        return ([.. clusters], mistakes);
    }
}
