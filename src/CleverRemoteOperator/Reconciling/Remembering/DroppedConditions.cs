using System.Collections.Concurrent;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Reconciling.Remembering;

/// <summary>Which types' definitions drop conditions, as those of the reference operator do. They may be replaced, so from time to time conditions are offered again.</summary>
internal sealed class DroppedConditions(TimeProvider time)
{
    private static readonly TimeSpan OfferAgain = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<ApiResource, long> _seen = new();

    /// <summary>True for a while after the server was seen to drop them.</summary>
    public bool AreDropped(ApiResource type) => _seen.TryGetValue(type, out var at) && time.GetElapsedTime(at) < OfferAgain;

    /// <summary>Keeps what the answer to a write that had conditions showed.</summary>
    public void Learn(ApiResource type, bool drops)
    {
        if (drops)
        {
            _seen[type] = time.GetTimestamp();
        }
        else
        {
            _seen.TryRemove(type, out _);
        }
    }
}
