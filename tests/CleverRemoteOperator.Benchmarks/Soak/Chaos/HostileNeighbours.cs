using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Benchmarks.Hostile;

namespace CleverRemoteOperator.Benchmarks.Soak.Chaos;

/// <summary>Two hostile clusters that the operators serve as well, and a hostile tenant in two of the good ones, for as long as everything fails.</summary>
internal sealed class HostileNeighbours(TestBed bed, Journal journal, TimeProvider time)
{
    private const int Clusters = 2;
    private const int Tenants = 2;
    private const int Large = 50;
    private const string Namespace = "hostile";

    public async Task RunAsync(CancellationToken token)
    {
        List<HostileServer> servers = [];
        try
        {
            for (var number = 1; number <= Clusters; number++)
            {
                servers.Add(await HostileServer.StartAsync());
                await bed.WriteKubeconfigAsync($"hostile-{number}", servers[^1].Kubeconfig($"hostile-{number}"));
            }

            await Task.WhenAll(bed.Clusters.Take(Tenants).Select(cluster => new HostileTenant(cluster.Cluster, Namespace, time).RunAsync(Large, token)));
        }
        finally
        {
            for (var number = 1; number <= servers.Count; number++)
            {
                var ways = servers[number - 1].Ways;
                journal.Add("", $"hostile cluster: {ways.Values.Sum()} answers in {ways.Count} ways");
                bed.RemoveKubeconfig($"hostile-{number}");
                await servers[number - 1].DisposeAsync();
            }
        }
    }
}
