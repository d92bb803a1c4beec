using System.Collections.Concurrent;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// When all resources of a namespace may be looked at because of one change: at once, but after five of these only every 5 s. Who
/// changes a Secret without pause would else have the operator do a hundred times as much.
/// </summary>
internal sealed class FanOuts(TimeProvider time)
{
    private const int AtOnce = 5;
    private const int Most = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (double Spent, long At)> _known = new(StringComparer.Ordinal);

    /// <summary>How long to wait with it; zero for now.</summary>
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
