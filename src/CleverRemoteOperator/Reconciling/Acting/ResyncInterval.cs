using CleverRemoteOperator.Queueing;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>When a resource in order is looked at again: the period plus up to 10 % of jitter, so that thousands do not come at once.</summary>
/// <param name="random">Gives numbers from 0 up to 1.</param>
internal sealed class ResyncInterval(TimeSpan period, Func<double> random)
{
    public ReconcileResult Next() => new(period * (1 + (random() / 10)));
}
