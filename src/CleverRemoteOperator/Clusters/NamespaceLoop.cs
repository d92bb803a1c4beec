using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// Serves one namespace of one cluster, or all of them: its watches, its queue, its workers, its failures.
/// Nothing that happens here leaves it.
/// </summary>
internal sealed class NamespaceLoop : IResourceReader, IDisposable
{
    // Without the credentials' watch it would not be known whether a namespace has its own.
    private static readonly TimeSpan SettleCheck = TimeSpan.FromMilliseconds(50);

    private readonly LoopServices _services;
    private readonly ICluster _cluster;
    private readonly string? _namespace;
    private readonly ListSlots _lists;
    private readonly ClusterResources _all;
    private readonly ClusterLimits _limits;
    private readonly WorkQueue _queue;
    private readonly FanOuts _fanOuts;
    private readonly KeyFailures _failures;
    private readonly OwnWrites _ownWrites;
    private readonly NamespaceEnds _ends;
    private readonly Reflector<SecretMetadata> _ownSecrets;
    private readonly Reflector<CredentialSecret> _credentialSecrets;
    private readonly Reflector<NamespaceMetadata> _namespaces;
    private readonly NamespaceMemory _memory;
    private readonly IReconciler _reconciler;
    private readonly ReconcileLoop _reconcileLoop;
    private readonly ILogger _logger;
    private readonly IDisposable _depth;
    private volatile IReadOnlyDictionary<ApiResource, AddonWatcher> _watchers = new Dictionary<ApiResource, AddonWatcher>();

    public NamespaceLoop(
        ClusterDefinition definition, ICluster cluster, string @namespace, ListSlots lists, ClusterLimits limits, SemaphoreSlim clusterSlots,
        ClusterResources all, LoopServices services)
    {
        _services = services;
        _cluster = cluster;
        _namespace = @namespace == "*" ? null : @namespace;
        _lists = lists;
        _all = all;
        _limits = limits;
        _logger = services.Loggers.CreateLogger<NamespaceLoop>();
        _queue = new WorkQueue(services.Time);
        _fanOuts = new FanOuts(services.Time);
        _failures = new KeyFailures(services.Chance);
        _ownWrites = new OwnWrites(services.Time, limits.Memory);
        _ends = new NamespaceEnds(Present, services.Time);
        _ownSecrets = Watch(
            new WatchScope(ApiResource.Secrets, _namespace, LabelSelector: $"{ManagedSecrets.Label}={ManagedSecrets.Value}"), ObjectReading.Secrets);
        _credentialSecrets = Watch(
            new WatchScope(ApiResource.Secrets, _namespace, FieldSelector: $"metadata.name={CredentialSecret.SecretName}"), CredentialSecretFormat.Format);
        _namespaces = Watch(new WatchScope(ApiResource.Namespaces, null), ObjectReading.Namespaces);
        _memory = services.Memories.Of(definition.Id).Namespaces;
        _reconciler = services.Reconcilers(new LoopContext(definition, cluster, this, _ownWrites, _ownSecrets, _credentialSecrets, _namespaces, _ends));
        _reconcileLoop = new ReconcileLoop(
            _queue, _reconciler, _failures, new WorkerSlots(clusterSlots, services.ProcessSlots), services.Metrics, services.Time,
            services.Loggers.CreateLogger<ReconcileLoop>());
        _depth = services.Metrics.TrackQueue(cluster.Id.Name, () => _queue.Depth);
        all.Add(this);
    }

    /// <summary>What watches each type served now.</summary>
    public IEnumerable<AddonWatcher> Watchers => _watchers.Values;

    /// <summary>Where each watch is that must run; those of Secrets need not where they are not allowed.</summary>
    public IEnumerable<WatchStatus> Watches => _watchers.Values.Select(watcher => watcher.Status)
        .Concat(new[] { _ownSecrets.Status, _credentialSecrets.Status }.Concat(_namespace is null ? [_namespaces.Status] : []).Where(status => !IsSettled(status) || status.Synced));

    /// <summary>Every resource known now.</summary>
    public IEnumerable<AddonResource> Resources => _watchers.Values.SelectMany(watcher => watcher.Store.All);

    public AddonResource? Find(ReconcileKey key) =>
        _watchers.TryGetValue(key.Type, out var watcher) && watcher.Store.Get(key.Namespace, key.Name) is { } seen ? _ownWrites.Newest(seen) : null;

    public bool IsUidShared(AddonResource resource) => _all.IsUidShared(resource);

    /// <summary>The server answers again: watches that wait after a failure try again at once.</summary>
    public void Wake()
    {
        _ownSecrets.Wake();
        _credentialSecrets.Wake();
        _namespaces.Wake();
        foreach (var watcher in _watchers.Values)
        {
            watcher.Wake();
        }
    }

    /// <summary>Serves exactly these types from now on: starts the watches that are missing, stops those no longer served.</summary>
    public async Task ServeAsync(IReadOnlyList<ApiResource> types)
    {
        // Known before started: a key must never come up for a type that is not known yet.
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
        var secrets = _ownSecrets.RunAsync(HandleOwnSecret, watchStop.Token);
        var credentials = _credentialSecrets.RunAsync(HandleCredentials, watchStop.Token);

        // In a loop of one namespace it is read on its own: a Role gives no right to watch namespaces.
        var namespaces = _namespace is null ? _namespaces.RunAsync(HandleNamespace, watchStop.Token) : Task.CompletedTask;
        try
        {
            while (!IsSettled(_ownSecrets.Status) || !IsSettled(_credentialSecrets.Status) || (_namespace is null && !IsSettled(_namespaces.Status)))
            {
                await Task.Delay(SettleCheck, _services.Time, stop);
            }

            await _reconcileLoop.RunAsync(stop, abort);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped before it was settled.
        }
        finally
        {
            await watchStop.CancelAsync();
            await Task.WhenAll([secrets, credentials, namespaces, .. _watchers.Values.Select(watcher => watcher.DisposeAsync().AsTask())]);
        }
    }

    public void Dispose()
    {
        _depth.Dispose();
        _ends.Dispose();
        _queue.Dispose();
    }

    // Before all is listed, what is there is not known.
    private IEnumerable<string>? Present() => _watchers.Values.All(watcher => IsSettled(watcher.Status)) && IsSettled(_credentialSecrets.Status)
        ? Resources.Select(resource => resource.Namespace).Concat(_credentialSecrets.Store.All.Select(secret => secret.Namespace))
        : null;

    // Where listing Secrets is not allowed, each is read on its own instead.
    private static bool IsSettled(WatchStatus status) => status.Synced || status.State is WatchState.Forbidden or WatchState.NotFound;

    private AddonWatcher Create(ApiResource type)
    {
        var watch = Watch(new WatchScope(type, _namespace), ObjectReading.Addons(type, _services.Time));
        return new AddonWatcher(_cluster, watch, _queue, _failures, _ownWrites, _all, _reconciler.Forget, _ends, _services.Metrics, _logger);
    }

    private Reflector<T> Watch<T>(WatchScope scope, ObjectFormat<T> format)
        where T : class, INamespacedObject =>
        new(_cluster, scope, format, _lists, _services.Time, _services.Chance, _logger, _limits);

    private void HandleOwnSecret(WatchEvent<SecretMetadata> change)
    {
        if (change.Type == WatchEventType.Listed || change.Object is not { } secret)
        {
            return;
        }

        // What a list shows to be gone still has the revision of our own write.
        foreach (var uid in secret.OwnerUids.Where(uid => change.Type == WatchEventType.Deleted || !_ownWrites.IsSecretEcho(uid, secret.ResourceVersion)))
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
            // Also when it goes: for a while nothing is created there with other credentials.
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
                _failures.Restart(key);
                _queue.AddAfter(key, wait);
            }
        }
    }
}
