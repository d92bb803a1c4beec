using CleverRemoteOperator.Benchmarks.Driving;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Phases;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Fleet;

/// <summary>The life of an operator in five phases.</summary>
internal static class FleetPhases
{
    public const string Start = "start";
    public const string Burst = "burst";
    public const string Trickle = "trickle";
    public const string Rest = "rest";
    public const string Restart = "restart";

    public static async Task<IReadOnlyList<Figure>> RunAsync(LoadOptions options, OperatorPublish publish, TextWriter progress)
    {
        await using var bench = await Bench.StartAsync(options, publish, progress, TimeProvider.System);
        await bench.StartOperatorAsync(Start);
        var burst = Batches.Everywhere(bench.Fleet.Clusters, options);
        await bench.CreateAsync(Burst, burst, bench.Driver.BurstAsync);
        var trickle = Batches.ByChance(Trickle, bench.Fleet.Clusters, options);
        await bench.CreateAsync(Trickle, trickle, batch => bench.Driver.TrickleAsync(batch, options.Rate));
        await bench.PassAsync(Rest, () => Task.Delay(options.Rest, TimeProvider.System));
        await bench.StopOperatorAsync();
        await bench.StartOperatorAsync(Restart, burst.Creations.Count + trickle.Creations.Count);
        await bench.StopOperatorAsync();
        return bench.Figures;
    }
}
