namespace CleverRemoteOperator.Queueing;

/// <summary>Brings the outside world in line with one resource.</summary>
internal interface IReconciler
{
    /// <summary>One pass. Expected problems are in the result; what it throws is retried with back-off.</summary>
    Task<ReconcileResult> ReconcileAsync(ReconcileKey key, CancellationToken token);

    /// <summary>The resource with this uid is gone: drops what was kept of it.</summary>
    void Forget(string uid);
}
