using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Queueing;

namespace CleverRemoteOperator.Watching;

/// <summary>Gives resources from what the watches know, no older than our own last write.</summary>
internal interface IResourceReader
{
    /// <summary>The resource; null when it is gone.</summary>
    AddonResource? Find(ReconcileKey key);

    /// <summary>Whether another live resource of the same cluster, of whatever kind and namespace, has the same uid.</summary>
    bool IsUidShared(AddonResource resource);
}
