using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>What a namespace says: from the watch of namespaces or, where watching is not allowed, by a read that counts for a while.</summary>
internal sealed class NamespaceReader(ICluster cluster, ResourceWatch<NamespaceMetadata> watch, NamespaceMemory memory)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    // What is asked before a deletion must be as good as live.
    private static readonly TimeSpan OfLeaving = TimeSpan.FromSeconds(2);

    public async Task<NamespaceLook> ReadAsync(string @namespace, bool isLeaving, CancellationToken token)
    {
        if (watch.Status.IsReliable && watch.Store.Get(@namespace, @namespace) is { } shown)
        {
            return LookOf(shown);
        }

        if (memory.Seen(@namespace, isLeaving ? OfLeaving : Usual) is { } known)
        {
            return LookOf(known);
        }

        try
        {
            if (await cluster.GetNamespaceAsync(@namespace, token) is { } live)
            {
                memory.Saw(@namespace, live);
                return LookOf(live);
            }

            return new NamespaceLook(Steering.None, IsGoing: true);
        }
        catch (KubernetesApiException failure) when (failure.IsForbidden)
        {
            return new NamespaceLook(Steering.None, IsGoing: false, failure.Message);
        }
    }

    private static NamespaceLook LookOf(NamespaceMetadata seen) => new(Steering.OfNamespace(seen.Annotations), seen.DeletionTimestamp is not null);
}
