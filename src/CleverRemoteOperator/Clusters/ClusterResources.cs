using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Clusters;

/// <summary>All that the loops of one cluster know together.</summary>
internal sealed class ClusterResources
{
    private volatile IReadOnlyList<NamespaceLoop> _loops = [];

    /// <summary>Whether every list there is to list was delivered in full, and all of it kept.</summary>
    public bool IsComplete => Watchers.All(watcher => watcher.Status is { Synced: true } or { State: WatchState.NotFound } && watcher.Store.Problem is null);

    /// <summary>The uid of every resource, while they may change.</summary>
    public IEnumerable<string> Uids => Watchers.SelectMany(watcher => watcher.Store.All).Select(resource => resource.Uid);

    private IEnumerable<AddonWatcher> Watchers => _loops.SelectMany(loop => loop.Watchers);

    public void Add(NamespaceLoop loop) => _loops = [.. _loops, loop];

    /// <summary>Whether a resource has this uid.</summary>
    public bool Has(string uid) => Watchers.Any(watcher => watcher.Store.GetByUid(uid) is not null);

    /// <summary>Whether another resource has the same uid.</summary>
    public bool IsUidShared(AddonResource resource) => Sharing(resource).Any();

    /// <summary>A resource came or went: the one other that has its uid is looked at anew. Where there are more they have been told.</summary>
    public void Changed(AddonResource resource)
    {
        if (Sharing(resource).Take(2).ToList() is [var (watcher, other)])
        {
            watcher.Look(other);
        }
    }

    // In a watch of another type something of the same name is another one.
    private IEnumerable<(AddonWatcher Watcher, AddonResource Other)> Sharing(AddonResource resource) => Watchers.SelectMany(
        watcher => watcher.Type.ApiVersion == resource.ApiVersion && watcher.Type.Kind == resource.Kind
            ? watcher.Store.OthersByUid(resource.Uid, resource.Namespace, resource.Name, most: 2)
            : watcher.Store.OthersByUid(resource.Uid, "", "", most: 2),
        (watcher, other) => (watcher, other));
}
