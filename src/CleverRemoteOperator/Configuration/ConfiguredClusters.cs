namespace CleverRemoteOperator.Configuration;

/// <summary>Which clusters are configured at this moment: those named one by one, and the kubeconfig files that are there.</summary>
internal static class ConfiguredClusters
{
    /// <summary>Each name once: of two clusters of one name the first is served, and the other is a mistake that stops nothing else.</summary>
    public static (IReadOnlyList<ClusterOptions> Clusters, IReadOnlyList<ConfigurationMistake> Mistakes) Now(OperatorConfiguration configuration)
    {
        var (files, wrong) = KubeconfigFiles.Expand(configuration.Operator.Kubeconfigs);
        var mistakes = wrong.ToList();
        var clusters = configuration.Clusters.ToDictionary(cluster => cluster.Name, StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (configuration.Clusters.FirstOrDefault(cluster => cluster.Formerly.Any(former => FormerNames.Names(former, file.Name, configuration.Operator.Fleet))) is { } heir)
            {
                mistakes.Add(new(file.Source, $"cluster {file.Name} is what {heir.Name} ({heir.Source}) was formerly; allowed: a name no cluster had"));
            }
            else if (!clusters.TryAdd(file.Name, file))
            {
                mistakes.Add(new(file.Source, $"cluster {file.Name} is named already by {clusters[file.Name].Source}; allowed: each name once"));
            }
        }

        return ([.. clusters.Values], mistakes);
    }
}
