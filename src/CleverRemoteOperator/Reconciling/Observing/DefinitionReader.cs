using System.Collections.Concurrent;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>
/// Whether a cluster's definition of a kind is being deleted: then its resources go only because of that. A look begun after a resource
/// was read answers for all that were read before it.
/// </summary>
internal sealed class DefinitionReader(ICluster cluster, TimeProvider time)
{
    // A definition that may not be read shows that it goes by what the server serves, and that moments later than its resources do.
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(5);

    // When the last look began that saw the definition in order.
    private readonly ConcurrentDictionary<ApiResource, long> _inOrder = new();

    /// <param name="since">When the resource's deletion was read, a timestamp of the clock.</param>
    /// <returns><see cref="DefinitionState.Unreadable"/> while it is too early to tell.</returns>
    public async Task<DefinitionState> ReadAsync(ApiResource type, long since, CancellationToken token)
    {
        if (_inOrder.TryGetValue(type, out var looked) && looked > since)
        {
            return DefinitionState.InOrder;
        }

        var now = time.GetTimestamp();
        var state = await cluster.GetDefinitionStateAsync(type, token);
        if (state == DefinitionState.InOrder)
        {
            _inOrder.AddOrUpdate(type, now, (_, other) => Math.Max(now, other));
        }

        return state == DefinitionState.Unreadable && time.GetElapsedTime(since, now) >= Behind ? DefinitionState.InOrder : state;
    }
}
