namespace CleverRemoteOperator.Configuration;

/// <summary>The rule of <c>formerly</c>: no two clusters may own what bears one name.</summary>
internal static class FormerNames
{
    /// <summary>One line for each name that is not only this cluster's.</summary>
    public static IEnumerable<ConfigurationMistake> Check(IReadOnlyList<ClusterOptions> clusters, string? fleet)
    {
        var given = new Dictionary<string, ClusterOptions>(StringComparer.Ordinal);
        foreach (var cluster in clusters)
        {
            foreach (var former in cluster.Formerly)
            {
                if (Expand(former, fleet).Contains(OwnerName(cluster.Name, fleet)) && (fleet is null || former != cluster.Name))
                {
                    yield return new(cluster.Source, $"formerly of cluster {cluster.Name} names the cluster itself; allowed: names it no longer has");
                }
                else if (clusters.FirstOrDefault(other => other != cluster && Names(former, other.Name, fleet)) is { } other)
                {
                    yield return new(cluster.Source, $"formerly of cluster {cluster.Name} names the cluster {other.Name} ({other.Source}); allowed: names no cluster has");
                }

                foreach (var name in Expand(former, fleet))
                {
                    if (!given.TryAdd(name, cluster) && given[name] != cluster)
                    {
                        yield return new(cluster.Source, $"formerly of cluster {cluster.Name} names {former}, as that of cluster {given[name].Name} ({given[name].Source}) does; allowed: each name once");
                        break;
                    }
                }
            }
        }
    }

    /// <summary>Whether a former name is the name of a cluster that is configured now.</summary>
    public static bool Names(string former, string cluster, string? fleet) => former == cluster || Expand(former, fleet).Contains(OwnerName(cluster, fleet));

    /// <summary>What add-ons bear: <c>fleet.cluster</c>, or the cluster's name alone.</summary>
    public static string OwnerName(string cluster, string? fleet) => fleet is null ? cluster : $"{fleet}.{cluster}";

    /// <summary>What a former name may stand for on an add-on: a name alone is meant with and without the fleet.</summary>
    public static IReadOnlyList<string> Expand(string former, string? fleet) => former.Contains('.') || fleet is null ? [former] : [$"{fleet}.{former}", former];
}
