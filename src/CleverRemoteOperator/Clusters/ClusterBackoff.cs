namespace CleverRemoteOperator.Clusters;

/// <summary>
/// Back-off between attempts to serve a cluster: 1, 2, 4, 8 and 16 s; after five failures the breaker is open, with probes from every 30 s
/// up to every 5 min. A cluster that was served until now is most likely back soon: it is tried every 8 s for two minutes first.
/// </summary>
/// <param name="random">Gives numbers from 0 to below 1.</param>
internal sealed class ClusterBackoff(Func<double> random)
{
    /// <summary>Failures in a row that open the breaker.</summary>
    public const int FailuresToOpen = 5;

    private const int TriesWhileNew = 13;
    private const int DoublingsWhileNew = 3;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstProbe = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestProbe = TimeSpan.FromMinutes(5);

    private int _failures;
    private int _tries = TriesWhileNew;

    /// <summary>The cluster is served: earlier failures no longer count.</summary>
    public void Succeeded() => (_failures, _tries) = (0, 0);

    /// <summary>How long to wait before the next attempt.</summary>
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
