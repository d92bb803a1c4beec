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
    private const string Alone = "alone";
    private const string Beside = "beside bad";
    private const int Bad = 2;

    // Neither an operator nor servers are fast at first.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);

    // One operator all the while, and short turns in an order that is turned round each time: what grows with time, and what else the
    // machine does, falls on both alike.
    private static readonly string[] Turns = [Alone, Beside, Beside, Alone, Alone, Beside, Beside, Alone, Alone, Beside, Beside, Alone];

    public static Command Create() => Scenario.Create(
        "isolation", "Measures create → Secret in good clusters, with and without a cluster that hangs and one that answers 403 beside them.",
        new LoadOptions { FewestClusters = Bad + 1, Clusters = 10, Trickle = TimeSpan.FromSeconds(20) }, RunAsync, ["--resources", "--rest"]);

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
        await bench.StartOperatorAsync("start");
        await TrickleAsync("warm", options with { Trickle = WarmUp });

        List<(string Turn, double Wait)> waits = [];
        foreach (var (index, turn) in Turns.Index())
        {
            await progress.WriteLineAsync($"{index + 1} of {Turns.Length}: {turn} …");
            await SetAsync(bench.Fleet, refusing, hanging, good[0], isBad: turn == Beside);
            await bench.KnowsAsync(good.Count + (turn == Beside ? Bad : 0));
            var batch = await TrickleAsync($"turn-{index}", options with { Seed = options.Seed + index });
            waits.AddRange(batch.WaitsForSecret(TimeProvider.System).Select(wait => (turn, wait)));
        }

        await bench.StopOperatorAsync();
        return Compare(bench, waits);

        async Task<Batch> TrickleAsync(string name, LoadOptions load)
        {
            var batch = Batches.ByChance(name, good, load);
            await bench.WarmUpAsync(batch, creations => bench.Driver.TrickleAsync(creations, load.Rate));
            return batch;
        }
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

    private static IReadOnlyList<Figure> Compare(Bench bench, List<(string Turn, double Wait)> waits)
    {
        double[] Of(string turn) => [.. waits.Where(wait => wait.Turn == turn).Select(wait => wait.Wait)];
        foreach (var turn in new[] { Alone, Beside })
        {
            bench.Add(Group.Size, "created", turn, Of(turn).Length, Unit.Number);
            bench.Add(Group.CreateToSecret, turn, Of(turn));
        }

        foreach (var percent in new[] { 50, 99 })
        {
            bench.Add(Group.Ratio, $"p{percent} beside bad : alone", Beside, Percentile.Of(Of(Beside), percent) / Percentile.Of(Of(Alone), percent), Unit.Times);
        }

        return bench.Figures;
    }
}
