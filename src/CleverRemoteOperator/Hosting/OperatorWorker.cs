using System.Diagnostics.CodeAnalysis;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Hosting;

/// <summary>
/// The main loop: which clusters are configured now? Serve exactly these. From there every cluster runs on its own:
/// ClusterSet -> ClusterSupervisor -> NamespaceLoop -> AddonWatcher -> WorkQueue -> ReconcileLoop -> AddonReconciler.
/// </summary>
internal sealed partial class OperatorWorker(
    ClusterDefinitions definitions, ClusterSet clusters, OperatorHealth health, TimeProvider time, ILogger<OperatorWorker> logger) : BackgroundService
{
    // Added, changed and removed kubeconfigs take effect within this time.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                health.Beat();
                Look();
                await Task.Delay(Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopping();
            await clusters.StopAsync();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "An unexpected failure here must not stop the clusters that are served.")]
    private void Look()
    {
        try
        {
            clusters.ChangeTo(definitions.Read());
        }
        catch (Exception failure)
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "shutting down: waiting for running reconciles to finish")]
    private partial void LogStopping();

    [LoggerMessage(EventId = 11, Level = LogLevel.Error, Message = "failed to read the cluster configuration")]
    private partial void LogFailed(Exception failure);
}
