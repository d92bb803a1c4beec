using System.Collections.Concurrent;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Reconciling.Remembering;

/// <summary>The types whose status the cluster does not let the operator write now: users see nothing of what becomes of their add-ons.</summary>
internal sealed class StatusRefusals(TimeProvider time)
{
    // Each is tried again every 10 s as long as there is a resource to tell of.
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ApiResource, (string Why, long At)> _refused = new();

    /// <summary>Why one is refused; null when none is.</summary>
    public string? Current => _refused.Values.Where(refusal => time.GetElapsedTime(refusal.At) < Lasts).Select(refusal => refusal.Why).Order(StringComparer.Ordinal).FirstOrDefault();

    public void Refused(ApiResource type, string why) => _refused[type] = (why, time.GetTimestamp());

    public void Accepted(ApiResource type) => _refused.TryRemove(type, out _);
}
