using System.Collections.Concurrent;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>
/// Whether a cluster's definition of a kind is being deleted: then its resources go only because of that. A look begun after a resource
/// was read answers for all that were read before it.
/// </summary>
internal sealed class DefinitionReader(ICluster cluster, TimeProvider time)
{
    // When the last look began that saw the definition in order.
    private readonly ConcurrentDictionary<ApiResource, long> _inOrder = new();

    public async Task<bool> IsGoingAsync(ApiResource type, long since, CancellationToken token)
    {
        if (_inOrder.TryGetValue(type, out var looked) && looked > since)
        {
            return false;
        }

        var now = time.GetTimestamp();
        if (await cluster.IsDefinitionGoingAsync(type, token))
        {
            return true;
        }

        _inOrder.AddOrUpdate(type, now, (_, other) => Math.Max(now, other));
        return false;
    }
}
