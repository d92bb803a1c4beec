using System.Collections.Concurrent;

namespace CleverRemoteOperator.Queueing;

/// <summary>
/// What is remembered of each key that fails: how often in a row, and what was last told of it. It waits 1 s, doubled with each
/// failure in a row up to 5 min, less up to a quarter of jitter.
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

    /// <summary>Counts one more failure and tells how long to wait.</summary>
    public TimeSpan Next(ReconcileKey key) => Next(key, First, Longest);

    /// <summary>Counts one more conflict with a newer state, which the watch will show soon: 200 ms, doubled in a row up to 30 s.</summary>
    public TimeSpan NextConflict(ReconcileKey key) => Next(key, FirstConflict, LongestConflict);

    private TimeSpan Next(ReconcileKey key, TimeSpan first, TimeSpan longest)
    {
        var failures = _inRow.AddOrUpdate(key, 1, (_, count) => count + 1);
        var delay = first * Math.Pow(2, Math.Min(failures - 1, 20));
        return (delay < longest ? delay : longest) * (1 - (random() / 4));
    }

    /// <summary>Whether the problem is another than the one last told of this key; it is the one last told from now on.</summary>
    public bool IsNews(ReconcileKey key, string problem)
    {
        var before = _told.GetValueOrDefault(key);
        _told[key] = problem;
        return before != problem;
    }

    /// <summary>What failed before may succeed now: the next wait is the shortest again.</summary>
    public void Restart(ReconcileKey key) => _inRow.TryRemove(key, out _);

    /// <summary>The key is in order again, or gone.</summary>
    public void Forget(ReconcileKey key)
    {
        _inRow.TryRemove(key, out _);
        _told.TryRemove(key, out _);
    }
}
