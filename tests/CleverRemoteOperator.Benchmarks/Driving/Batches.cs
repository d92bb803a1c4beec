using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.Benchmarks.Driving;

/// <summary>The resources of a scenario, the same for the same options.</summary>
internal static class Batches
{
    /// <summary>So many in each namespace of each cluster, in turns.</summary>
    public static Batch Everywhere(IReadOnlyList<TestCluster> clusters, LoadOptions options) => new(
        from number in Enumerable.Range(1, options.Resources)
        from cluster in clusters
        from @namespace in options.NamespaceNames
        select (cluster.Name, @namespace, $"burst-{number}"));

    /// <summary>As many as a trickle takes, in random clusters and namespaces.</summary>
    /// <param name="name">Begins their names.</param>
    public static Batch AtRandom(string name, IReadOnlyList<TestCluster> clusters, LoadOptions options)
    {
        var dice = new Dice(options.Seed);
        return new(Enumerable.Range(1, Math.Max(1, (int)(options.Rate * options.Trickle.TotalSeconds)))
            .Select(number => (dice.Pick(clusters).Name, dice.Pick(options.NamespaceNames), $"{name}-{number}")).ToList());
    }
}
