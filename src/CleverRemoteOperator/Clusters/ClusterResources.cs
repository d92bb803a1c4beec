using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Clusters;

/// <summary>The resources of all loops of one cluster.</summary>
internal sealed class ClusterResources
{
    private volatile IReadOnlyList<NamespaceLoop> _loops = [];

    /// <summary>Whether every list is complete and all of its objects are kept.</summary>
    public bool IsComplete => Watchers.All(watcher => watcher.Status is { Synced: true } or { State: WatchState.NotFound } && watcher.Store.Problem is null);

    /// <summary>The uid of every resource, while they may change.</summary>
    public IEnumerable<string> Uids => Watchers.SelectMany(watcher => watcher.Store.All).Select(resource => resource.Uid);

    private IEnumerable<AddonWatcher> Watchers => _loops.SelectMany(loop => loop.Watchers);

    public void Add(NamespaceLoop loop) => _loops = [.. _loops, loop];

    /// <summary>Whether a resource has this uid.</summary>
    public bool Has(string uid) => Watchers.Any(watcher => watcher.Store.GetByUid(uid) is not null);

    /// <summary>Where resources of that kind live, and the connection to ask.</summary>
    public IEnumerable<(ICluster Cluster, ApiResource Type)> TypesOf(AddonKind kind) =>
        _loops.SelectMany(loop => loop.Watchers, (loop, watcher) => (loop.Cluster, watcher.Type)).Where(served => served.Type.Plural == kind.Plural).Distinct();

    /// <summary>Namespace and name of the resource with this uid; null when the watches show none.</summary>
    public (string Namespace, string Name)? PlaceOf(string uid) =>
        Watchers.Select(watcher => watcher.Store.GetByUid(uid)).OfType<AddonResource>().Select(found => ((string, string)?)(found.Namespace, found.Name)).FirstOrDefault();

    /// <summary>Whether another resource has the same uid.</summary>
    public bool IsUidShared(AddonResource resource) => Sharing(resource).Any();

    /// <summary>A resource was added or removed: if exactly one other has the same uid, it is reconciled again; if more have it, their conditions say so already.</summary>
    public void Changed(AddonResource resource)
    {
        if (Sharing(resource).Take(2).ToList() is [var (watcher, other)])
        {
            watcher.Look(other);
        }
    }

    // In a watch of another type an object of the same name is a different one.
    private IEnumerable<(AddonWatcher Watcher, AddonResource Other)> Sharing(AddonResource resource) => Watchers.SelectMany(
        watcher => watcher.Type.ApiVersion == resource.ApiVersion && watcher.Type.Kind == resource.Kind
            ? watcher.Store.OthersByUid(resource.Uid, resource.Namespace, resource.Name, most: 2)
            : watcher.Store.OthersByUid(resource.Uid, "", "", most: 2),
        (watcher, other) => (watcher, other));
}
