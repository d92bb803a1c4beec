using CleverRemoteOperator.Benchmarks.Driving;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Phases;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Isolation;

/// <summary>One run of <c>isolation</c>: one operator all the while, and short turns with and without bad neighbours.</summary>
internal sealed class IsolationRun(LoadOptions options, TextWriter progress)
{
    /// <summary>Hostile clusters.</summary>
    public const int Bad = 2;

    /// <summary>Hostile tenants, each in a good cluster.</summary>
    public const int Tenants = 2;

    /// <summary>Where the tenants are.</summary>
    public const string Namespace = "hostile";

    public const string Peak = "resident memory, peak";

    private const string Alone = "alone";
    private const string Beside = "beside bad";
    private const string Siege = "siege";
    private const string Operator = "operator";
    private const int LargeInTurn = 20;
    private const int LargeInSiege = 200;

    // Neither an operator nor servers are fast at first.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);

    // What may be read at once of a hostile server is read by then.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SiegeTime = TimeSpan.FromSeconds(90);

    // An order that is turned round each time: what grows with time, and what else the machine does, falls on both alike.
    private static readonly string[] Turns = [Alone, Beside, Beside, Alone, Alone, Beside, Beside, Alone, Alone, Beside, Beside, Alone];

    private readonly List<(string Turn, string Cluster, double Wait)> _waits = [];
    private readonly List<(string Turn, string Who, double Seconds)> _used = [];

    public static string Ratio(int percent) => $"p{percent} beside bad : alone";

    public async Task<IReadOnlyList<Figure>> RunAsync(OperatorPublish publish)
    {
        await using var bench = await Bench.StartAsync(options with { Clusters = options.Clusters - Bad }, publish, progress, TimeProvider.System);
        await using var neighbours = await Neighbours.StartAsync(bench.Fleet, Bad, Tenants, Namespace);
        await bench.StartOperatorAsync("start");
        await TrickleAsync(bench, "warm", options with { Trickle = WarmUp });
        foreach (var (index, turn) in Turns.Index())
        {
            await progress.WriteLineAsync($"{index + 1} of {Turns.Length}: {turn} …");
            if (turn == Beside && !neighbours.AreThere)
            {
                await neighbours.ComeAsync(LargeInTurn);
                await bench.KnowsAsync(options.Clusters);
                await Task.Delay(Settle, TimeProvider.System);
            }
            else if (turn == Alone && neighbours.AreThere)
            {
                await neighbours.GoAsync();
                await bench.KnowsAsync(options.Clusters - Bad);
            }

            var before = Cpu(bench, neighbours);
            var batch = await TrickleAsync(bench, $"turn-{index}", options with { Seed = options.Seed + index });
            _used.AddRange(Cpu(bench, neighbours).Zip(before, (now, then) => (turn, now.Who, now.Seconds - then.Seconds)));
            _waits.AddRange(batch.Creations.Zip(batch.WaitsForSecret(TimeProvider.System), (creation, wait) => (turn, creation.Cluster, wait)));
        }

        bench.Add(Group.Operator, Peak, Beside, bench.OperatorUsage.Peak, Unit.Mebibytes);
        await progress.WriteLineAsync($"{Siege} …");
        await neighbours.ComeAsync(LargeInSiege);
        await Task.Delay(SiegeTime, TimeProvider.System);
        var refusals = await bench.MetricsAsync();
        bench.Add(Group.Operator, "kept", Siege, refusals.Sum("clever_operator_kept_bytes") / 1024 / 1024, Unit.Mebibytes);
        bench.Add(Group.Operator, "objects refused", Siege, refusals.Sum("clever_operator_refusals"), Unit.Number);
        await neighbours.GoAsync();
        bench.Add(Group.Operator, Peak, Siege, bench.OperatorUsage.Peak, Unit.Mebibytes);
        await bench.StopOperatorAsync();
        Compare(bench);
        return bench.Figures;
    }

    private static async Task<Batch> TrickleAsync(Bench bench, string name, LoadOptions load)
    {
        var batch = Batches.AtRandom(name, bench.Fleet.Clusters, load);
        await bench.WarmUpAsync(batch, creations => bench.Driver.TrickleAsync(creations, load.Rate));
        return batch;
    }

    private static List<(string Who, double Seconds)> Cpu(Bench bench, Neighbours neighbours) =>
    [
        (Operator, bench.OperatorUsage.CpuSeconds),
        ("hostile clusters", neighbours.Processes.Sum(ProcessUsage.CpuSecondsOf)),
        ("good clusters", bench.Fleet.Clusters.SelectMany(cluster => cluster.Processes).Sum(process => ProcessUsage.CpuSecondsOf(process.Id))),
    ];

    private void Compare(Bench bench)
    {
        foreach (var group in _used.GroupBy(used => (used.Turn, used.Who)))
        {
            bench.Add(group.Key.Who == Operator ? Group.Operator : Group.OtherCpu, group.Key.Who == Operator ? "CPU" : group.Key.Who, group.Key.Turn, group.Sum(used => used.Seconds), Unit.Seconds);
        }

        double[] Of(string turn) => [.. _waits.Where(wait => wait.Turn == turn).Select(wait => wait.Wait)];
        foreach (var turn in new[] { Alone, Beside })
        {
            bench.Add(Group.Size, "created", turn, Of(turn).Length, Unit.Number);
            bench.Add(Group.CreateToSecret, turn, Of(turn));
        }

        foreach (var percent in new[] { 50, 99 })
        {
            bench.Add(Group.Ratio, Ratio(percent), Beside, Percentile.Of(Of(Beside), percent) / Percentile.Of(Of(Alone), percent), Unit.Times);
            foreach (var cluster in bench.Fleet.Clusters)
            {
                double At(string turn) => Percentile.Of([.. _waits.Where(wait => wait.Turn == turn && wait.Cluster == cluster.Name).Select(wait => wait.Wait)], percent);
                bench.Add(Group.Ratio, $"p{percent} {cluster.Name}", Beside, At(Beside), Unit.Milliseconds);
                bench.Add(Group.Ratio, $"p{percent} {cluster.Name}", Alone, At(Alone), Unit.Milliseconds);
            }
        }
    }
}
