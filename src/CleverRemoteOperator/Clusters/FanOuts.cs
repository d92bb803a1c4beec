using System.Collections.Concurrent;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// Rate limit for reconciling all resources of a namespace because of one change: at once, but after five times only every 5 s.
/// Otherwise a Secret that keeps changing would multiply the operator's work.
/// </summary>
internal sealed class FanOuts(TimeProvider time)
{
    private const int AtOnce = 5;
    private const int Most = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (double Spent, long At)> _known = new(StringComparer.Ordinal);

    /// <summary>How long to wait before the next one; zero for now.</summary>
    public TimeSpan Wait(string @namespace)
    {
        var spent = _known.TryGetValue(@namespace, out var known) ? Left(known) : 0;
        if (spent > AtOnce - 1)
        {
            return (spent - (AtOnce - 1)) * Pause;
        }

        if (_known.Count >= Most)
        {
            foreach (var entry in _known.Where(entry => Left(entry.Value) <= 0))
            {
                _known.TryRemove(entry);
            }
        }

        _known[@namespace] = (spent + 1, time.GetTimestamp());
        return TimeSpan.Zero;
    }

    private double Left((double Spent, long At) known) => Math.Max(0, known.Spent - (time.GetElapsedTime(known.At) / Pause));
}
