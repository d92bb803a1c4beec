using System.Collections.Concurrent;

namespace CleverRemoteOperator.Reconciling;

/// <summary>What this process knows of attempts to create: which were refused for certain, and since when a lost one is being looked for.</summary>
internal sealed class CreationMemory
{
    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _missingSince = new(StringComparer.Ordinal);

    /// <summary>The attempt with this mark created nothing, for certain.</summary>
    public void Refused(CreationMark mark) => _refused[mark.Uid] = mark.Id;

    /// <summary>True when the attempt with this mark created nothing, for certain.</summary>
    public bool WasRefused(CreationMark mark) => _refused.TryGetValue(mark.Uid, out var id) && id == mark.Id;

    /// <summary>The list was seen without the add-on; tells since when it has been so.</summary>
    public DateTimeOffset Missing(string uid, DateTimeOffset now) => _missingSince.GetOrAdd(uid, now);

    /// <summary>The search for the resource's add-on is over.</summary>
    public void Found(string uid) => _missingSince.TryRemove(uid, out _);

    /// <summary>The resource is gone.</summary>
    public void Forget(string uid)
    {
        _refused.TryRemove(uid, out _);
        _missingSince.TryRemove(uid, out _);
    }
}
