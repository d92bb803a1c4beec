using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Phases;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Idle;

/// <summary><c>idle</c>: what watches cost that have nothing to tell, a loop a namespace and a loop a cluster.</summary>
internal static class IdleCommand
{
    private const double KibibytesInMebibyte = 1024;

    // Enough to share what there is but once; the fewer servers, the quieter.
    private const int FewClusters = 2;

    public static Command Create() => Scenario.Create(
        "idle", "Measures watches of clusters without any resource: two clusters with one and with many namespaces, then many clusters with one loop each.",
        new LoadOptions { Clusters = 50, Namespaces = 50, Rest = TimeSpan.FromSeconds(30) }, RunAsync,
        ["--resources", "--rate", "--trickle-seconds", "--api-latency", "--scope"]);

    private static async Task<IReadOnlyList<Figure>> RunAsync(LoadOptions options, OperatorPublish publish, TextWriter progress)
    {
        List<Figure> figures = [];
        async Task<(int Watches, double Resident)> MeasureAsync(string name, LoadOptions fleet)
        {
            await using var bench = await Bench.StartAsync(fleet, publish, progress, TimeProvider.System);
            await bench.StartOperatorAsync($"{name}, start");
            var idle = $"{name}, idle";
            await bench.PassAsync(idle, () => Task.Delay(options.Rest, TimeProvider.System));
            bench.Add(Group.Size, "watches", idle, bench.AllWatches, Unit.Number);
            await bench.StopOperatorAsync();
            figures.AddRange(bench.Figures);
            return (bench.AllWatches, figures.First(figure => figure is { Group: Group.Operator, Name: "resident memory" } && figure.Phase == idle).Value);
        }

        var few = await MeasureAsync("1 ns", options with { Clusters = FewClusters, Namespaces = 1 });
        var many = $"{options.Namespaces} ns";
        var more = await MeasureAsync(many, options with { Clusters = FewClusters });
        figures.Add(new(
            Group.Operator, "memory a watch", $"{many}, idle", (more.Resident - few.Resident) * KibibytesInMebibyte / Math.Max(1, more.Watches - few.Watches), Unit.Kibibytes));
        await MeasureAsync($"{options.Clusters} clusters", options with { Namespaces = 1, Scope = WatchScope.Cluster });
        return figures;
    }
}
