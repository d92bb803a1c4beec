using System.Collections.Concurrent;

namespace CleverRemoteOperator.Queueing;

/// <summary>How long a key that failed waits: 1 s, doubled with each failure in a row up to 5 min, less up to a quarter by chance.</summary>
/// <param name="chance">Gives numbers from 0 up to 1.</param>
internal sealed class Backoff(Func<double> chance)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<ReconcileKey, int> _failures = new();

    /// <summary>Counts one more failure and tells how long to wait.</summary>
    public TimeSpan Next(ReconcileKey key)
    {
        var failures = _failures.AddOrUpdate(key, 1, (_, count) => count + 1);
        var delay = First * Math.Pow(2, Math.Min(failures - 1, 20));
        return (delay < Longest ? delay : Longest) * (1 - (chance() / 4));
    }

    /// <summary>The key is in order again, or gone.</summary>
    public void Forget(ReconcileKey key) => _failures.TryRemove(key, out _);
}
