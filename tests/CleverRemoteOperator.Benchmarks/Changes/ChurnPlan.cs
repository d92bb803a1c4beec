using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Benchmarks.Driving;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.Benchmarks.Changes;

/// <summary>All that is done, in its order; the same for the same options.</summary>
/// <param name="Changes">Creations among them, which <paramref name="Created"/> follows.</param>
internal sealed record ChurnPlan(IReadOnlyList<Change> Changes, Batch Created)
{
    private static readonly (int Weight, ChangeKind Kind)[] Kinds = [(2, ChangeKind.Edit), (1, ChangeKind.Delete), (1, ChangeKind.Create)];

    /// <param name="there">Resources that are Ready.</param>
    public static ChurnPlan Make(Batch there, IReadOnlyList<TestCluster> clusters, LoadOptions options)
    {
        var dice = new Dice(options.Seed);
        // In turns, so that what was done to a resource is long over when it is its turn again.
        var pool = new Queue<(string Cluster, string Namespace, string Name, int Generation)>(
            there.Creations.Select(creation => (creation.Cluster, creation.Namespace, creation.Name, 1)));
        List<Change> changes = [];
        for (var number = 1; number <= options.Rate * options.Trickle.TotalSeconds; number++)
        {
            var kind = pool.Count == 0 ? ChangeKind.Create : dice.Pick(Kinds);
            var (cluster, @namespace, name, generation) = kind == ChangeKind.Create
                ? (dice.Pick(clusters).Name, dice.Pick(options.NamespaceNames), $"churn-{number}", 0)
                : pool.Dequeue();
            changes.Add(new(kind, cluster, @namespace, name, generation + 1));
            if (kind != ChangeKind.Delete)
            {
                pool.Enqueue((cluster, @namespace, name, generation + 1));
            }
        }

        return new(changes, new Batch(changes.Where(change => change.Kind == ChangeKind.Create).Select(change => (change.Cluster, change.Namespace, change.Name))));
    }
}
