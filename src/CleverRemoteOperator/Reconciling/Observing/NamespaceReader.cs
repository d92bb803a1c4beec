using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>What a namespace says: from the watch of namespaces or, where watching is not allowed, by a read that counts for a while.</summary>
internal sealed class NamespaceReader(ICluster cluster, Reflector<NamespaceMetadata> watch, NamespaceMemory memory, TimeProvider time)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OfLeaving = TimeSpan.FromSeconds(5);

    /// <param name="leftAt">
    /// When the resource's deletion was read, a timestamp of the clock; null while it lives. A watch may lag: before something is deleted
    /// the namespace is read live, and any read begun after this answers for all resources read before it.
    /// </param>
    public async Task<NamespaceLook> ReadAsync(string @namespace, long? leftAt, CancellationToken token)
    {
        if (leftAt is null && watch.Status.IsReliable && watch.Store.Get(@namespace, @namespace) is { } shown)
        {
            return LookOf(shown);
        }

        if (memory.Seen(@namespace) is { } known && time.GetElapsedTime(known.At) <= (leftAt is null ? Usual : OfLeaving)
            && (leftAt is not { } since || known.At > since))
        {
            return LookOf(known.What);
        }

        if (memory.Refusal(@namespace) is { } refused && time.GetElapsedTime(refused.At) <= (leftAt is null ? Usual : OfLeaving))
        {
            return new NamespaceLook(Steering.None, IsGoing: false, refused.Why);
        }

        try
        {
            var now = time.GetTimestamp();
            if (await cluster.GetNamespaceAsync(@namespace, token) is { } live)
            {
                memory.Saw(@namespace, live, now);
                return LookOf(live);
            }

            return new NamespaceLook(Steering.None, IsGoing: true);
        }
        catch (KubernetesApiException failure) when (failure.IsForbidden)
        {
            memory.Refused(@namespace, failure.Message);
            return new NamespaceLook(Steering.None, IsGoing: false, failure.Message);
        }
    }

    private static NamespaceLook LookOf(NamespaceMetadata seen) => new(Steering.OfNamespace(seen.Annotations), seen.DeletionTimestamp is not null);
}
