using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Driving;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Phases;
using CleverRemoteOperator.Benchmarks.Processes;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.Benchmarks.Storm;

/// <summary><c>storm</c>: all clusters cut all connections at once; how long until all watches run again, and at what cost.</summary>
internal static class StormCommand
{
    public static Command Create() => Scenario.Create(
        "storm", "Cuts all connections of all clusters at once, and measures until every watch runs again.", new LoadOptions(), RunAsync,
        ["--rate", "--trickle-seconds", "--rest"]);

    private static async Task<IReadOnlyList<Figure>> RunAsync(LoadOptions options, OperatorPublish publish, TextWriter progress)
    {
        await using var bench = await Bench.StartAsync(options, publish, progress, TimeProvider.System);
        var relays = bench.Fleet.Clusters.Select(cluster => new Relay(cluster.Address)).ToList();
        try
        {
            foreach (var (cluster, relay) in bench.Fleet.Clusters.Zip(relays))
            {
                relay.Open();
                await bench.Fleet.GiveAsync(cluster.Name, cluster.Kubeconfig(through: relay.Address));
            }

            await bench.StartOperatorAsync("start");
            await bench.CreateAsync("burst", Batches.Everywhere(bench.Fleet.Clusters, options), bench.Driver.BurstAsync);
            await bench.WatchAgainAsync("storm", () => Task.WhenAll(relays.Select(CutAsync)));
            await bench.StopOperatorAsync();
            return bench.Figures;
        }
        finally
        {
            foreach (var relay in relays)
            {
                await relay.DisposeAsync();
            }
        }
    }

    private static async Task CutAsync(Relay relay)
    {
        await relay.CloseAsync();
        relay.Open();
    }
}
