namespace CleverRemoteOperator.Observability.Metrics;

/// <summary>How a reconcile ended, as the metrics count it.</summary>
internal enum ReconcileOutcome
{
    /// <summary>Nothing more to do until something changes.</summary>
    Done,

    /// <summary>Succeeded; runs again at a set time.</summary>
    Requeued,

    /// <summary>Failed; retried with back-off.</summary>
    Failed,

    /// <summary>Failed in a way that only a change of the resource can fix.</summary>
    Terminal,
}
