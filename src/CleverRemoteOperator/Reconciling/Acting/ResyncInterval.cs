using CleverRemoteOperator.Queueing;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>When a resource in order is looked at again: the period plus up to 10 % by chance, so that thousands do not come at once.</summary>
/// <param name="chance">Gives numbers from 0 up to 1.</param>
internal sealed class ResyncInterval(TimeSpan period, Func<double> chance)
{
    public ReconcileResult Next() => new(period * (1 + (chance() / 10)));
}
