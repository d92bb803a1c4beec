namespace CleverRemoteOperator.Clusters;

/// <summary>
/// When to try a cluster again: after 1, 2, 4, 8 and 16 s; after five failures the breaker is open, and it is probed every 30 s at
/// first and every 5 min in the end. One that was served until now is most likely back soon: it is tried every 8 s for two minutes first.
/// </summary>
/// <param name="random">Gives numbers from 0 to below 1.</param>
internal sealed class ClusterBackoff(Func<double> random)
{
    /// <summary>So many failures in a row open the breaker.</summary>
    public const int FailuresToOpen = 5;

    private const int TriesWhileNew = 13;
    private const int DoublingsWhileNew = 3;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstProbe = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestProbe = TimeSpan.FromMinutes(5);

    private int _failures;
    private int _tries = TriesWhileNew;

    /// <summary>The cluster is served: what was before counts no more.</summary>
    public void Succeeded() => (_failures, _tries) = (0, 0);

    /// <summary>It could not be served, or is to be served once more.</summary>
    public TimeSpan Next()
    {
        var delay = _failures < FailuresToOpen
            ? Soon * Math.Pow(2, _failures)
            : FirstProbe * Math.Pow(2, Math.Min(_failures - FailuresToOpen, 10));
        if (_failures >= DoublingsWhileNew && _tries < TriesWhileNew)
        {
            _tries++;
        }
        else
        {
            _failures++;
        }

        delay *= 1 + (random() / 4);
        return delay < LongestProbe ? delay : LongestProbe;
    }
}
