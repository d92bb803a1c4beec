using CleverRemoteOperator.Kubernetes.Api;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>The clusters being served. A change of the configuration affects only the clusters that changed.</summary>
/// <param name="configured">Called with the configured clusters, in order, before any of them is served.</param>
/// <param name="forget">Called with each cluster that is no longer configured, once its last loop has ended.</param>
internal sealed partial class ClusterSet(
    Func<ClusterDefinition, ClusterSupervisor> supervise, Action<IReadOnlyList<ClusterDefinition>> configured, Action<ClusterId> forget, TimeProvider time, ILogger<ClusterSet> logger)
{
    /// <summary>How long a running reconcile may continue after its cluster is stopped.</summary>
    public static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(20);

    private readonly Dictionary<ClusterId, ServedCluster> _served = [];
    private readonly Dictionary<ClusterId, Task> _stopping = [];

    /// <summary>Serves exactly these clusters from now on. Does not wait for those that are stopped.</summary>
    public void ChangeTo(IReadOnlyList<ClusterDefinition> wanted)
    {
        var definitions = wanted.ToDictionary(definition => definition.Id);
        Forget(definitions.ContainsKey);
        configured(wanted);
        foreach (var (id, served) in _served.Where(pair => definitions.GetValueOrDefault(pair.Key)?.Fingerprint != pair.Value.Fingerprint).ToList())
        {
            LogStopping(id, definitions.ContainsKey(id) ? "its configuration changed" : "it is no longer configured");
            _stopping[id] = served.StopAsync();
            _served.Remove(id);
        }

        foreach (var definition in wanted.Where(definition => !_served.ContainsKey(definition.Id)))
        {
            // A cluster that changed, or was removed and added again, is served only when its old loops have ended: two reconciles of one resource must never run at once.
            var before = _stopping.GetValueOrDefault(definition.Id) ?? Task.CompletedTask;
            _served[definition.Id] = new ServedCluster(definition.Fingerprint, supervise(definition), before, time);
        }
    }

    /// <summary>Stops all clusters and waits for them.</summary>
    public Task StopAsync() => Task.WhenAll([.. _stopping.Values, .. _served.Values.Select(served => served.StopAsync())]);

    private void Forget(Func<ClusterId, bool> isWanted)
    {
        foreach (var (id, _) in _stopping.Where(pair => pair.Value.IsCompleted).ToList())
        {
            _stopping.Remove(id);
            if (!isWanted(id))
            {
                forget(id);
            }
        }
    }

    [LoggerMessage(EventId = 130, Level = LogLevel.Information, Message = "{Cluster}: stopping: {Why}")]
    private partial void LogStopping(ClusterId cluster, string why);

    /// <summary>One cluster being served, and how to stop it.</summary>
    private sealed class ServedCluster : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly CancellationTokenSource _abort = new();
        private readonly TimeProvider _time;

        public ServedCluster(string fingerprint, ClusterSupervisor supervisor, Task before, TimeProvider time)
        {
            Fingerprint = fingerprint;
            _time = time;
            Ended = RunAsync(supervisor, before);
        }

        public string Fingerprint { get; }

        public Task Ended { get; }

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAny(Ended, Task.Delay(DrainDeadline, _time));
            await _abort.CancelAsync();
            await Ended;
            Dispose();
        }

        public void Dispose()
        {
            _stop.Dispose();
            _abort.Dispose();
        }

        private async Task RunAsync(ClusterSupervisor supervisor, Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await supervisor.RunAsync(_stop.Token, _abort.Token);
        }
    }
}
