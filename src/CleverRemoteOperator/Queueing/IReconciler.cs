namespace CleverRemoteOperator.Queueing;

/// <summary>Brings the outside world in line with one resource.</summary>
internal interface IReconciler
{
    /// <summary>One pass. Throws to be tried again with back-off; <see cref="TerminalException"/> to wait for a change.</summary>
    Task<ReconcileResult> ReconcileAsync(ReconcileKey key, CancellationToken token);

    /// <summary>The resource with this uid is gone: drops what was kept of it.</summary>
    void Forget(string uid);
}

/// <summary>When to look at the resource again.</summary>
/// <param name="RequeueAfter">Null when only a change of the resource is worth another look.</param>
internal readonly record struct ReconcileResult(TimeSpan? RequeueAfter)
{
    public static ReconcileResult Done => new(null);
}
