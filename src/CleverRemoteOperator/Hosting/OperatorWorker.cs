using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Observability;
using Microsoft.Extensions.Hosting;

namespace CleverRemoteOperator.Hosting;

/// <summary>
/// The main loop: which clusters are there now? Serve exactly these. Every cluster lives on its own from there:
/// ClusterSet -> ClusterSupervisor -> NamespaceLoop -> AddonWatcher -> WorkQueue -> ReconcileLoop -> AddonReconciler.
/// </summary>
internal sealed class OperatorWorker(ClusterDefinitions definitions, ClusterSet clusters, OperatorHealth health, TimeProvider time) : BackgroundService
{
    // Kubeconfigs that come, change or go take effect within this time.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                health.Beat();
                clusters.ChangeTo(definitions.Read());
                await Task.Delay(Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await clusters.StopAsync();
        }
    }
}
