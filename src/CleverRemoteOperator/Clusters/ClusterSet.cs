using CleverRemoteOperator.Kubernetes;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>The clusters being served. A change of the configuration touches the clusters it is about, and no other.</summary>
internal sealed partial class ClusterSet(Func<ClusterDefinition, ClusterSupervisor> supervise, TimeProvider time, ILogger<ClusterSet> logger)
{
    /// <summary>How long a running reconcile may go on after its cluster is stopped.</summary>
    public static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(20);

    private readonly Dictionary<ClusterId, ServedCluster> _served = [];
    private readonly List<Task> _stopping = [];

    /// <summary>Serves exactly these clusters from now on. Does not wait for those that are stopped.</summary>
    public void ChangeTo(IReadOnlyList<ClusterDefinition> wanted)
    {
        _stopping.RemoveAll(stopping => stopping.IsCompleted);
        var definitions = wanted.ToDictionary(definition => definition.Id);
        foreach (var (id, served) in _served.Where(pair => definitions.GetValueOrDefault(pair.Key)?.Fingerprint != pair.Value.Fingerprint).ToList())
        {
            LogStopping(id, definitions.ContainsKey(id) ? "its configuration changed" : "it is no longer configured");
            _stopping.Add(served.StopAsync());
            if (!definitions.ContainsKey(id))
            {
                _served.Remove(id);
            }
        }

        foreach (var definition in wanted.Where(definition => _served.GetValueOrDefault(definition.Id)?.Fingerprint != definition.Fingerprint))
        {
            // A cluster that changed is served again only when its old loops have ended: one resource must not have two workers.
            var before = _served.GetValueOrDefault(definition.Id)?.Ended ?? Task.CompletedTask;
            _served[definition.Id] = new ServedCluster(definition.Fingerprint, supervise(definition), before, time);
        }
    }

    /// <summary>Stops all clusters and waits for them.</summary>
    public Task StopAsync() => Task.WhenAll([.. _stopping, .. _served.Values.Select(served => served.StopAsync())]);

    [LoggerMessage(EventId = 130, Level = LogLevel.Information, Message = "{Cluster}: stopping, {Why}")]
    private partial void LogStopping(ClusterId cluster, string why);

    /// <summary>One cluster being served, and how to end that.</summary>
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
            await before;
            await supervisor.RunAsync(_stop.Token, _abort.Token);
        }
    }
}
