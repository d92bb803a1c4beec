using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>What a namespace says: from the watch of namespaces or, where watching is not allowed, by a read that counts for a while.</summary>
internal sealed class NamespaceReader(ICluster cluster, Reflector<NamespaceMetadata> watch, NamespaceMemory memory, TimeProvider time)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    /// <param name="after">
    /// When the resource was read, a timestamp of the clock, where the look must be live; else null. A watch may lag: before something is
    /// deleted or migrated the namespace is read live, and any read begun after this answers for all resources read before it.
    /// </param>
    public async Task<NamespaceLook> ReadAsync(string @namespace, long? after, CancellationToken token)
    {
        if (after is null && watch.Status.IsReliable && watch.Store.Get(@namespace, @namespace) is { } shown)
        {
            return LookOf(shown);
        }

        if (memory.Seen(@namespace) is { } known && time.GetElapsedTime(known.At) <= Usual && (after is not { } since || known.At > since))
        {
            return LookOf(known.What);
        }

        if (memory.Refusal(@namespace) is { } refused && time.GetElapsedTime(refused.At) <= Usual)
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
