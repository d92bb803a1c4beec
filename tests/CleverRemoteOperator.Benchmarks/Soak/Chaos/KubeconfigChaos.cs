using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.Benchmarks.Soak.Chaos;

/// <summary>Kubeconfig files go, come back, change, and are wrong for a while.</summary>
internal sealed class KubeconfigChaos(TestBed bed, Journal journal, Dice dice, TimeProvider time)
{
    public async Task RunAsync(CancellationToken token)
    {
        while (true)
        {
            await Task.Delay(dice.Seconds(8, 25), time, token);
            var cluster = dice.Pick(bed.Clusters);
            await SpoilAsync(cluster);
            await Task.Delay(dice.Seconds(0.5, 12), time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await RestoreAsync(cluster);
        }
    }

    private async Task RestoreAsync(BedCluster cluster)
    {
        journal.Add(cluster.Name, "kubeconfig in order");
        await bed.WriteKubeconfigAsync(cluster, $"{cluster.Cluster.Kubeconfig()}# {dice.Hex()}\n");
    }

    private async Task SpoilAsync(BedCluster cluster)
    {
        switch (dice.Number(1, 5))
        {
            case 1 or 2:
                journal.Add(cluster.Name, "kubeconfig removed");
                bed.RemoveKubeconfig(cluster);
                break;
            case 3:
                journal.Add(cluster.Name, "kubeconfig broken");
                await bed.WriteKubeconfigAsync(cluster, "clusters: [");
                break;
            default:
                var user = dice.Pick([ClusterUser.Viewer, ClusterUser.Denied]);
                journal.Add(cluster.Name, $"kubeconfig of another user: {user}");
                await bed.WriteKubeconfigAsync(cluster, cluster.Cluster.Kubeconfig(user));
                break;
        }
    }
}
