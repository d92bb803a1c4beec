namespace CleverRemoteOperator.Queueing;

/// <summary>Is told of every reconcile; for metrics.</summary>
internal interface IReconcileObserver
{
    void Reconciled(ReconcileKey key, ReconcileOutcome outcome, TimeSpan elapsed);
}

/// <summary>How a reconcile ended.</summary>
internal enum ReconcileOutcome
{
    /// <summary>Nothing to do until the resource changes.</summary>
    Done,

    /// <summary>Comes again after a time.</summary>
    Requeued,

    /// <summary>Threw; comes again with back-off.</summary>
    Failed,

    /// <summary>Cannot succeed before the resource changes.</summary>
    Terminal,
}

/// <summary>A failure that knows when another try is worth it.</summary>
internal interface IRetryAfter
{
    /// <summary>Null = with back-off.</summary>
    TimeSpan? RetryAfter { get; }
}
