using System.Collections.Concurrent;

namespace CleverRemoteOperator.Queueing;

/// <summary>
/// Back-off of each key that fails: 1 s, doubled with each failure in a row up to 5 min, less up to a quarter of jitter. Remembers too
/// which problem was logged last.
/// </summary>
/// <param name="random">Gives numbers from 0 up to 1.</param>
internal sealed class KeyBackoff(Func<double> random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstConflict = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestConflict = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<ReconcileKey, int> _inRow = new();
    private readonly ConcurrentDictionary<ReconcileKey, string> _told = new();

    /// <summary>Counts one more failure and gives the delay before the next try.</summary>
    public TimeSpan Next(ReconcileKey key) => Next(key, First, Longest);

    /// <summary>Counts one more conflict with a newer state, which the watch will show soon: 200 ms, doubled in a row up to 30 s.</summary>
    public TimeSpan NextConflict(ReconcileKey key) => Next(key, FirstConflict, LongestConflict);

    private TimeSpan Next(ReconcileKey key, TimeSpan first, TimeSpan longest)
    {
        var failures = _inRow.AddOrUpdate(key, 1, (_, count) => count + 1);
        var delay = first * Math.Pow(2, Math.Min(failures - 1, 20));
        return (delay < longest ? delay : longest) * (1 - (random() / 4));
    }

    /// <summary>Whether the problem differs from the one logged last for this key; from now on it is the one logged last.</summary>
    public bool IsNews(ReconcileKey key, string problem)
    {
        var before = _told.GetValueOrDefault(key);
        _told[key] = problem;
        return before != problem;
    }

    /// <summary>What failed before may succeed now: the next wait is the shortest again.</summary>
    public void Restart(ReconcileKey key) => _inRow.TryRemove(key, out _);

    /// <summary>The key succeeded, or its resource is gone.</summary>
    public void Forget(ReconcileKey key)
    {
        _inRow.TryRemove(key, out _);
        _told.TryRemove(key, out _);
    }
}
