using CleverRemoteOperator.Benchmarks.Driving;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Phases;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Fleet;

/// <summary>The life of an operator in five phases, and what the same takes without one.</summary>
internal static class FleetPhases
{
    public const string Start = "start";
    public const string Burst = "burst";
    public const string Trickle = "trickle";
    public const string Rest = "rest";
    public const string Restart = "restart";
    public const string Floor = "floor";

    // More than that make no percentile better.
    private const int MostOfFloor = 200;

    // As burst and trickle find everything warm, so must the floor.
    private const int WarmUp = 20;

    public static async Task<IReadOnlyList<Figure>> RunAsync(LoadOptions options, OperatorPublish publish, TextWriter progress)
    {
        await using var bench = await Bench.StartAsync(options, publish, progress, TimeProvider.System);
        await bench.StartOperatorAsync(Start);
        var burst = Batches.Everywhere(bench.Fleet.Clusters, options);
        await bench.CreateAsync(Burst, burst, bench.Driver.BurstAsync);
        var trickle = Batches.AtRandom(Trickle, bench.Fleet.Clusters, options);
        await bench.CreateAsync(Trickle, trickle, batch => bench.Driver.TrickleAsync(batch, options.Rate));
        await bench.PassAsync(Rest, () => Task.Delay(options.Rest, TimeProvider.System));
        await bench.StopOperatorAsync();
        await bench.StartOperatorAsync(Restart, burst.Creations.Count + trickle.Creations.Count);
        await bench.StopOperatorAsync();
        await FloorAsync(bench, options);
        return bench.Figures;
    }

    private static async Task FloorAsync(Bench bench, LoadOptions options)
    {
        using var clever = await CleverClient.StartAsync(bench.Fleet.Clever.Address);
        using var floor = new Fleet.Floor(bench.Driver, clever, options.Created, TimeProvider.System);
        Batch AtMost(int number, string name) => Batches.AtRandom(
            name, bench.Fleet.Clusters, options with { Trickle = TimeSpan.FromSeconds(Math.Min(options.Trickle.TotalSeconds, number / options.Rate)) });
        await floor.ServeAsync(AtMost(WarmUp, "warm-up"), options.Rate);
        await bench.ServeAsync(Floor, AtMost(MostOfFloor, Floor), batch => floor.ServeAsync(batch, options.Rate));
    }
}
