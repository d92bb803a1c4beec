using System.Collections.Concurrent;

namespace CleverRemoteOperator.Reconciling;

/// <summary>Since when this process has been looking in vain for add-ons whose creation got no answer, by the uid of their resources.</summary>
internal sealed class CreationMemory
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _missingSince = new(StringComparer.Ordinal);

    /// <summary>The list was seen without the add-on; tells since when it has been so.</summary>
    public DateTimeOffset Missing(string uid, DateTimeOffset now) => _missingSince.GetOrAdd(uid, now);

    /// <summary>The search is over, or the resource gone.</summary>
    public void Forget(string uid) => _missingSince.TryRemove(uid, out _);
}
