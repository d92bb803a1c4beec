using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>Watches one kind in one loop and turns what it sees into keys.</summary>
internal sealed partial class AddonWatcher(
    ClusterId cluster, Reflector<AddonResource> watch, WorkQueue queue, KeyBackoff backoff, OwnWrites ownWrites, ClusterResources all,
    Action<string> forget, NamespaceEnds ends, OperatorMetrics metrics, ILogger logger) : IAsyncDisposable
{
    private readonly IDisposable _age = metrics.TrackWatch(
        cluster.Name, watch.Scope.Type.Kind, () => watch.Status.LastHeard ?? watch.Status.Since);
    private readonly IDisposable _refusals = metrics.Memory.TrackRefusals(cluster.Name, watch.Scope.Type.Kind, () => watch.Store.Refusals);
    private readonly CancellationTokenSource _stop = new();
    private readonly ToldProblems _problems = new();
    private Task _running = Task.CompletedTask;

    public ApiResource Type => watch.Scope.Type;

    public WatchStatus Status => watch.Status;

    public ResourceStore<AddonResource> Store => watch.Store;

    public void Start() => _running = watch.RunAsync(Handle, _stop.Token);

    /// <summary>The server answers again: see <see cref="Reflector{T}.Wake"/>.</summary>
    public void Wake() => watch.Wake();

    /// <summary>Ends the watch and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        watch.Store.Release();
        _age.Dispose();
        _refusals.Dispose();
        _stop.Dispose();
    }

    public ReconcileKey KeyOf(string @namespace, string name) => new(cluster, Type, @namespace, name);

    /// <summary>Something the resource depends on changed.</summary>
    public void Look(AddonResource resource) => queue.Add(KeyOf(resource.Namespace, resource.Name));

    private void Handle(WatchEvent<AddonResource> change)
    {
        metrics.WatchEventRead(cluster.Name, Type.Kind, change.Type.ToString().ToLowerInvariant());
        if (change.Object is { } resource)
        {
            var key = KeyOf(resource.Namespace, resource.Name);
            _problems.Forget(resource.Namespace, resource.Name);
            switch (change.Type)
            {
                case WatchEventType.Deleted:
                    queue.Forget(key, () =>
                    {
                        forget(resource.Uid);
                        backoff.Forget(key);
                    });
                    all.Changed(resource);
                    ends.Suspect(resource.Namespace);
                    break;
                case var _ when ownWrites.IsEcho(resource):
                    break;
                case WatchEventType.Applied:
                    // Somebody changed it: what failed before may succeed now.
                    backoff.Restart(key);
                    queue.Add(key);
                    all.Changed(resource);
                    break;
                default:
                    queue.Add(key, background: true);
                    all.Changed(resource);
                    break;
            }
        }
        else if (change.Type == WatchEventType.Synced)
        {
            _problems.Listed();
        }
        else if (change.Problem is { } problem && _problems.IsNews(problem))
        {
            LogMalformed(cluster, Type, problem.Namespace, problem.Name, problem.Message);
        }
    }

    [LoggerMessage(EventId = 120, Level = LogLevel.Warning, Message = "{Cluster}: ignoring {Type} {Namespace}/{Name}, which cannot be read: {Problem}")]
    private partial void LogMalformed(ClusterId cluster, ApiResource type, string @namespace, string name, string problem);
}
