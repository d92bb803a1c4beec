using System.Collections.Concurrent;

namespace CleverRemoteOperator.Reconciling;

/// <summary>
/// What this process knows of creations whose outcome it has not seen, by the uid of their resources: whatever becomes of the marks
/// on them. Times are our own: neither another machine's clock nor one that is set meanwhile makes a wait shorter.
/// </summary>
internal sealed class CreationMemory(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Search> _open = new(StringComparer.Ordinal);

    /// <summary>An add-on is asked for, and no answer tells yet whether it exists.</summary>
    public void Begin(string uid) => _open[uid] = new Search("", null);

    /// <summary>True while it is not known whether an add-on that was asked for exists.</summary>
    public bool IsOpen(string uid) => _open.ContainsKey(uid);

    /// <summary>The list was seen without the add-on; tells for how long it has been so since this attempt was first looked for.</summary>
    /// <param name="attempt">Id of the mark; another attempt starts the search anew.</param>
    public TimeSpan MissingFor(string uid, string attempt) => time.GetElapsedTime(_open.AddOrUpdate(
        uid,
        _ => new Search(attempt, time.GetTimestamp()),
        (_, known) => known.Since is not null && known.Attempt == attempt ? known : new Search(attempt, time.GetTimestamp())).Since!.Value);

    /// <summary>The outcome is known, or the resource gone.</summary>
    public void Forget(string uid) => _open.TryRemove(uid, out _);

    private sealed record Search(string Attempt, long? Since);
}
