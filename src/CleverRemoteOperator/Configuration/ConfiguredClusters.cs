using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Configuration;

/// <summary>Which clusters are configured at this moment: those named one by one, and the kubeconfig files that are there.</summary>
internal static class ConfiguredClusters
{
    /// <summary>Each name once, a file with the settings that are given for its name: of two clusters of one name the first is served, and the other is a mistake that stops nothing else.</summary>
    public static (IReadOnlyList<ClusterOptions> Clusters, IReadOnlyList<ConfigurationMistake> Mistakes) Now(OperatorConfiguration configuration)
    {
        var (files, wrong) = KubeconfigFiles.Expand(configuration.Operator.Kubeconfigs);
        var mistakes = wrong.ToList();
        var clusters = configuration.Clusters.Where(cluster => !cluster.IsWithoutKubeconfig).ToDictionary(cluster => cluster.Name, StringComparer.Ordinal);
        var settings = configuration.Clusters.Where(cluster => cluster.IsWithoutKubeconfig).ToDictionary(cluster => cluster.Name, StringComparer.Ordinal);
        foreach (var file in files)
        {
            var cluster = settings.GetValueOrDefault(file.Name, file) with { KubeconfigPath = file.KubeconfigPath, Source = file.Source };
            if (clusters.Values.Concat(settings.Values).FirstOrDefault(other => other.Formerly.Any(former => FormerNames.Names(former, file.Name, configuration.Operator.Fleet))) is { } heir)
            {
                mistakes.Add(new(file.Source, $"cluster {file.Name} is what {heir.Name} ({heir.Source}) was formerly; allowed: a name no cluster had"));
            }
            else if (!clusters.TryAdd(file.Name, cluster))
            {
                mistakes.Add(new(file.Source, $"cluster {file.Name} is already defined by {clusters[file.Name].Source}; allowed: each name once"));
            }
        }
        if (configuration.Operator.Kubeconfigs.Count > 0)
        {
            mistakes.AddRange(settings.Values.Where(cluster => !clusters.ContainsKey(cluster.Name)).Select(cluster => new ConfigurationMistake(
                cluster.Source, $"cluster {cluster.Name} has no kubeconfig; allowed: one of kubeconfig (a path), kubeconfig-content, in-cluster = true, or a file {cluster.Name}.yaml among the kubeconfigs")));
        }

        return ([.. clusters.Values], mistakes);
    }
}
