using System.Collections.Concurrent;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// When all resources of a namespace may be looked at because of one change: at once, but not again within 5 s. Who changes a Secret
/// without pause would else have the operator do a hundred times as much.
/// </summary>
internal sealed class FanOuts(TimeProvider time)
{
    private const int Most = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>How long to wait with it; zero for now.</summary>
    public TimeSpan Wait(string @namespace)
    {
        if (_last.TryGetValue(@namespace, out var last) && time.GetElapsedTime(last) is var since && since < Pause)
        {
            return Pause - since;
        }

        if (_last.Count >= Most)
        {
            foreach (var (name, at) in _last.Where(entry => time.GetElapsedTime(entry.Value) >= Pause))
            {
                _last.TryRemove(KeyValuePair.Create(name, at));
            }
        }

        _last[@namespace] = time.GetTimestamp();
        return TimeSpan.Zero;
    }
}
