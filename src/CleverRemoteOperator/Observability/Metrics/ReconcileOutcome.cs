namespace CleverRemoteOperator.Observability.Metrics;

/// <summary>How one reconcile ended, as metrics count it.</summary>
internal enum ReconcileOutcome
{
    /// <summary>Nothing more to do until something changes.</summary>
    Done,

    /// <summary>In order; to be looked at again at a set time.</summary>
    Requeued,

    /// <summary>Failed; tried again with back-off.</summary>
    Failed,

    /// <summary>Failed in a way only a change of the resource can mend.</summary>
    Terminal,
}
