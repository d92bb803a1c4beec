using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Driving;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Phases;
using CleverRemoteOperator.Benchmarks.Processes;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.Benchmarks.Isolation;

/// <summary><c>isolation</c>: whether a cluster that never answers and one that refuses everything slow the others down.</summary>
internal static class IsolationCommand
{
    private const string First = "not compared";
    private const string Alone = "alone";
    private const string Beside = "beside bad";
    private const int Bad = 2;

    // An operator is not fast at first.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    // Nor are servers: the first round is not compared. The others are turned round half-way: what grows with time falls on both alike.
    private static readonly string[] Rounds = [First, Alone, Beside, Beside, Alone];

    public static Command Create() => Scenario.Create(
        "isolation", "Measures create → Secret in good clusters, with and without a cluster that hangs and one that answers 403 beside them.",
        new LoadOptions { FewestClusters = Bad + 1, Clusters = 10, Trickle = TimeSpan.FromSeconds(60) }, RunAsync, ["--resources", "--rest"]);

    private static async Task<IReadOnlyList<Figure>> RunAsync(LoadOptions options, OperatorPublish publish, TextWriter progress)
    {
        // The one that hangs needs no server of its own.
        await using var bench = await Bench.StartAsync(options with { Clusters = options.Clusters - 1 }, publish, progress, TimeProvider.System);
        var refusing = bench.Fleet.Clusters[^1];
        var good = bench.Fleet.Clusters.SkipLast(1).ToList();
        bench.Fleet.Take(refusing.Name);
        bench.Watches = bench.Watches / bench.Fleet.Clusters.Count * good.Count;
        await using var hanging = new Relay(good[0].Address);
        hanging.Hold();
        hanging.Open();

        List<(string Phase, double Wait)> waits = [];
        foreach (var (index, phase) in Rounds.Index())
        {
            await SetAsync(bench.Fleet, refusing, hanging, good[0], isBad: phase == Beside);
            var round = $"{index} {phase}";
            await bench.StartOperatorAsync(round);
            await bench.WarmUpAsync(Batches.ByChance($"warm-{index}", good, options with { Trickle = WarmUp }), creations => bench.Driver.TrickleAsync(creations, options.Rate));
            var batch = Batches.ByChance($"round-{index}", good, options with { Seed = options.Seed + index });
            await bench.CreateAsync(round, batch, creations => bench.Driver.TrickleAsync(creations, options.Rate));
            waits.AddRange(batch.WaitsForSecret(TimeProvider.System).Select(wait => (phase, wait)));
            await bench.StopOperatorAsync();
        }

        return [.. bench.Figures, .. Compare(waits)];
    }

    private static async Task SetAsync(ServerFleet fleet, TestCluster refusing, Relay hanging, TestCluster behind, bool isBad)
    {
        const string Hanging = "hanging";
        if (isBad)
        {
            await fleet.GiveAsync(refusing.Name, refusing.Kubeconfig(ClusterUser.Denied));
            await fleet.GiveAsync(Hanging, behind.Kubeconfig(through: hanging.Address));
        }
        else
        {
            fleet.Take(refusing.Name);
            fleet.Take(Hanging);
        }
    }

    private static IEnumerable<Figure> Compare(List<(string Phase, double Wait)> waits)
    {
        double P(string phase, int percent) => Percentile.Of([.. waits.Where(wait => wait.Phase == phase).Select(wait => wait.Wait)], percent);
        foreach (var percent in new[] { 50, 99 })
        {
            yield return new(Group.Ratio, $"p{percent} beside bad : alone", $"{Rounds.Length - 1} {Rounds[^1]}", P(Beside, percent) / P(Alone, percent), Unit.Times);
        }
    }
}
