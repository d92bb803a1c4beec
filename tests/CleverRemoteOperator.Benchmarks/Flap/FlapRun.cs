using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Phases;
using CleverRemoteOperator.Benchmarks.Processes;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.Benchmarks.Flap;

/// <summary>One run of <c>flap</c>.</summary>
internal sealed class FlapRun(LoadOptions options, TextWriter progress)
{
    /// <summary>Before any cluster goes.</summary>
    public const string Settled = "settled";

    /// <summary>While clusters come and go.</summary>
    public const string Flapping = "flapping";

    /// <summary>After all are back.</summary>
    public const string AtRest = "at rest";

    /// <summary>Memory at the end of the phase to memory at its start.</summary>
    public const string Growth = "memory, end : start";

    private const int Part = 5;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    // Idle connections and threads of the pool are gone by then.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(60);

    private readonly List<Relay> _relays = [];
    private readonly List<double> _resident = [];

    public async Task<IReadOnlyList<Figure>> RunAsync(OperatorPublish publish)
    {
        var few = options.Clusters / Part;
        await using var bench = await Bench.StartAsync(options with { Clusters = options.Clusters - few }, publish, progress, TimeProvider.System);
        try
        {
            await AddUnreachableAsync(bench.Fleet, few);
            var flapping = await RelayAsync(bench.Fleet, few);
            await bench.StartOperatorAsync("start");
            await Task.Delay(Settle, TimeProvider.System);
            await bench.PassAsync(Settled, () => Task.Delay(options.Rest, TimeProvider.System));
            await bench.PassAsync(Flapping, () => FlapAsync(bench, flapping));
            bench.Add(Group.Operator, Growth, Flapping, Median(_resident.TakeLast(Third)) / Median(_resident.Take(Third)), Unit.Times);
            await bench.SyncedAsync(options.Clusters - few);
            await Task.Delay(Settle, TimeProvider.System);
            await bench.PassAsync(AtRest, () => Task.Delay(options.Rest, TimeProvider.System));
            await bench.StopOperatorAsync();
            return bench.Figures;
        }
        finally
        {
            foreach (var relay in _relays)
            {
                await relay.DisposeAsync();
            }
        }
    }

    private int Third => Math.Max(1, _resident.Count / 3);

    private static double Median(IEnumerable<double> values) => Percentile.Of([.. values], 50);

    // Half of them refuse connections, half take them and say nothing.
    private async Task AddUnreachableAsync(ServerFleet fleet, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var relay = new Relay(fleet.Clusters[0].Address);
            _relays.Add(relay);
            if (number % 2 == 0)
            {
                relay.Open();
                relay.Hold();
            }

            await fleet.GiveAsync($"away-{number + 1}", fleet.Clusters[0].Kubeconfig(through: relay.Address));
        }
    }

    private async Task<IReadOnlyList<(TestCluster Cluster, Relay Relay)>> RelayAsync(ServerFleet fleet, int count)
    {
        List<(TestCluster, Relay)> flapping = [];
        foreach (var cluster in fleet.Clusters.Take(count))
        {
            var relay = new Relay(cluster.Address);
            relay.Open();
            _relays.Add(relay);
            flapping.Add((cluster, relay));
            await fleet.GiveAsync(cluster.Name, cluster.Kubeconfig(through: relay.Address));
        }

        return flapping;
    }

    private async Task FlapAsync(Bench bench, IReadOnlyList<(TestCluster Cluster, Relay Relay)> flapping)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < options.Trickle)
        {
            foreach (var (index, (cluster, relay)) in flapping.Index())
            {
                if (index % 2 == 0)
                {
                    await relay.CloseAsync();
                }
                else
                {
                    bench.Fleet.Take(cluster.Name);
                }
            }

            await Task.Delay(Period, TimeProvider.System);
            foreach (var (index, (cluster, relay)) in flapping.Index())
            {
                if (index % 2 == 0)
                {
                    relay.Open();
                }
                else
                {
                    await bench.Fleet.GiveAsync(cluster.Name, cluster.Kubeconfig(through: relay.Address));
                }
            }

            await Task.Delay(Period, TimeProvider.System);
            _resident.Add(bench.OperatorUsage.Resident);
        }
    }
}
