using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// Serves one namespace of one cluster, or all of them: its watches, its queue, its reconciles, its failures.
/// Its failures affect no other loop.
/// </summary>
internal sealed class NamespaceLoop : IResourceReader, IDisposable
{
    // How often to check whether the watches are settled.
    private static readonly TimeSpan SettleCheck = TimeSpan.FromMilliseconds(50);

    private readonly LoopWatches _watches;
    private readonly ClusterResources _all;
    private readonly WorkQueue _queue;
    private readonly FanOuts _fanOuts;
    private readonly KeyBackoff _backoff;
    private readonly NamespaceEnds _ends;
    private readonly NamespaceMemory _memory;
    private readonly OperatorMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly IReconciler _reconciler;
    private readonly ReconcileLoop _reconcileLoop;
    private readonly ILogger _logger;
    private readonly IDisposable _depth;
    private volatile IReadOnlyDictionary<ApiResource, AddonWatcher> _watchers = new Dictionary<ApiResource, AddonWatcher>();

    /// <param name="all">What all loops of the cluster know; this one joins them.</param>
    /// <param name="reconciles">How many reconciles run at once.</param>
    /// <param name="memory">What is remembered of the cluster's namespaces.</param>
    /// <param name="random">Gives numbers from 0 to below 1.</param>
    public NamespaceLoop(
        ClusterDefinition definition, LoopWatches watches, ClusterResources all, ConcurrentReconciles reconciles, ReconcilerFactory reconcilers,
        NamespaceMemory memory, OperatorMetrics metrics, TimeProvider time, Func<double> random, ILoggerFactory loggers)
    {
        (_watches, _all, _memory, _metrics, _time) = (watches, all, memory, metrics, time);
        _logger = loggers.CreateLogger<NamespaceLoop>();
        _queue = new WorkQueue(time);
        _fanOuts = new FanOuts(time);
        _backoff = new KeyBackoff(random);
        _ends = new NamespaceEnds(Present, time);
        _reconciler = reconcilers(definition, this, watches, _ends);
        _reconcileLoop = new ReconcileLoop(_queue, _reconciler, _backoff, reconciles, metrics, time, loggers.CreateLogger<ReconcileLoop>());
        _depth = metrics.TrackQueue(definition.Id.Name, () => _queue.Depth);
        all.Add(this);
    }

    /// <summary>The connection to its cluster.</summary>
    public ICluster Cluster => _watches.Cluster;

    /// <summary>The watchers of the types served now.</summary>
    public IEnumerable<AddonWatcher> Watchers => _watchers.Values;

    /// <summary>The state of each watch that must run; watches of Secrets are optional where they are forbidden.</summary>
    public IEnumerable<WatchStatus> Watches => _watchers.Values.Select(watcher => watcher.Status).Concat(_watches.Required);

    /// <summary>Every resource known now.</summary>
    public IEnumerable<AddonResource> Resources => _watchers.Values.SelectMany(watcher => watcher.Store.All);

    public AddonResource? Find(ReconcileKey key) =>
        _watchers.TryGetValue(key.Type, out var watcher) && watcher.Store.Get(key.Namespace, key.Name) is { } seen ? _watches.OwnWrites.Newest(seen) : null;

    public bool IsUidShared(AddonResource resource) => _all.IsUidShared(resource);

    /// <summary>The server answers again: watches that back off after a failure retry at once.</summary>
    public void Wake()
    {
        _watches.Wake();
        foreach (var watcher in _watchers.Values)
        {
            watcher.Wake();
        }
    }

    /// <summary>Serves exactly these types from now on: starts missing watches, stops those of types no longer served.</summary>
    public async Task ServeAsync(IReadOnlyList<ApiResource> types)
    {
        // Registered before started: a key must never arrive for an unknown type.
        var old = _watchers;
        _watchers = types.ToDictionary(type => type, type => old.GetValueOrDefault(type) ?? Create(type));
        foreach (var added in _watchers.Where(pair => !old.ContainsKey(pair.Key)))
        {
            added.Value.Start();
        }

        await Task.WhenAll(old.Where(pair => !_watchers.ContainsKey(pair.Key)).Select(pair => pair.Value.DisposeAsync().AsTask()));
    }

    /// <summary>Runs until <paramref name="stop"/>, then lets running reconciles end; <paramref name="abort"/> ends those too.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        using var watchStop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = _watches.RunAsync(HandleOwnSecret, HandleCredentials, HandleNamespace, watchStop.Token);
        try
        {
            while (!_watches.AreSettled)
            {
                await Task.Delay(SettleCheck, _time, stop);
            }

            await _reconcileLoop.RunAsync(stop, abort);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped before the watches were settled.
        }
        finally
        {
            await watchStop.CancelAsync();
            await Task.WhenAll([watching, .. _watchers.Values.Select(watcher => watcher.DisposeAsync().AsTask())]);
        }
    }

    public void Dispose()
    {
        _depth.Dispose();
        _ends.Dispose();
        _queue.Dispose();
    }

    // Unknown until everything is listed.
    private IEnumerable<string>? Present() => _watchers.Values.All(watcher => LoopWatches.IsSettled(watcher.Status)) && LoopWatches.IsSettled(_watches.CredentialSecrets.Status)
        ? Resources.Select(resource => resource.Namespace).Concat(_watches.CredentialSecrets.Store.All.Select(secret => secret.Namespace))
        : null;

    private AddonWatcher Create(ApiResource type) => new(
        _watches.Cluster.Id, _watches.Addons(type), _queue, _backoff, _watches.OwnWrites, _all, _reconciler.Forget, _ends, _metrics, _logger);

    private void HandleOwnSecret(WatchEvent<SecretMetadata> change)
    {
        if (change.Type == WatchEventType.Listed || change.Object is not { } secret)
        {
            return;
        }

        // A deletion found by a list still has the revision of our own write.
        foreach (var uid in secret.OwnerUids.Where(uid => change.Type == WatchEventType.Deleted || !_watches.OwnWrites.IsSecretEcho(uid, secret.ResourceVersion)))
        {
            foreach (var watcher in _watchers.Values)
            {
                if (watcher.Store.GetByUid(uid) is { } owner)
                {
                    _queue.Add(watcher.KeyOf(owner.Namespace, owner.Name));
                }
            }
        }
    }

    private void HandleCredentials(WatchEvent<CredentialSecret> change)
    {
        if (change.Object is { } secret)
        {
            // Also when it is deleted: for a while nothing is created there with other credentials.
            _memory.SawOwnCredentials(secret.Namespace);
            AddAllOf(secret.Namespace);
            if (change.Type == WatchEventType.Deleted)
            {
                _ends.Suspect(secret.Namespace);
            }
        }
    }

    private void HandleNamespace(WatchEvent<NamespaceMetadata> change)
    {
        if (change.Object is not { } seen)
        {
            return;
        }

        if (change.Type == WatchEventType.Deleted)
        {
            _memory.Forget(seen.Name);
        }
        else if (change.Type == WatchEventType.Applied)
        {
            AddAllOf(seen.Name);
        }
    }

    private void AddAllOf(string @namespace)
    {
        var wait = _fanOuts.Wait(@namespace);
        foreach (var watcher in _watchers.Values)
        {
            foreach (var resource in watcher.Store.In(@namespace))
            {
                var key = watcher.KeyOf(resource.Namespace, resource.Name);
                _backoff.Restart(key);
                _queue.AddAfter(key, wait);
            }
        }
    }
}
