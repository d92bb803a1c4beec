namespace CleverRemoteOperator.Queueing;

/// <summary>How a pass ended, and when the resource is reconciled again.</summary>
/// <param name="RequeueAfter">Null = on the next change of the resource or, with a problem, after the back-off.</param>
/// <param name="Problem">What keeps the resource from being ready; null when nothing does.</param>
internal readonly record struct ReconcileResult(TimeSpan? RequeueAfter, ReconcileProblem? Problem = null)
{
    /// <summary>Nothing left to do.</summary>
    public static ReconcileResult Done => new(null);

    /// <summary>The server has a newer state than the watch has shown: the change is on its way. Retried with back-off, as a watch may lag for a while.</summary>
    public static ReconcileResult Conflict => new(null, new("Conflict", "the resource changed since it was read", IsConflict: true));

    /// <summary>Something keeps the resource from being ready; its conditions say what.</summary>
    /// <param name="reason">In PascalCase, as in the resource's conditions.</param>
    /// <param name="retryAfter">Null = with back-off.</param>
    /// <param name="isTerminal">True when only a change of the resource can help.</param>
    public static ReconcileResult Failed(string reason, string message, TimeSpan? retryAfter, bool isTerminal, bool isNamespaceGoing = false) =>
        new(retryAfter, new(reason, message, isTerminal, IsNamespaceGoing: isNamespaceGoing));

    /// <summary>The resource is not in order and nothing is wrong: somebody wanted it so, or it is on its way.</summary>
    /// <param name="reason">In PascalCase, as in the resource's conditions.</param>
    public static ReconcileResult Waiting(string reason, string message, TimeSpan? requeueAfter) => new(requeueAfter, new(reason, message, IsExpected: true));
}

/// <summary>What kept a pass from getting the resource ready.</summary>
/// <param name="Reason">In PascalCase.</param>
/// <param name="IsTerminal">True when only a change of the resource can help: no retry until then.</param>
/// <param name="IsNamespaceGoing">True when the namespace is being deleted: nobody has to do anything about it.</param>
/// <param name="IsExpected">True when nothing is wrong.</param>
/// <param name="IsConflict">True when the pass saw an older state than the server's.</param>
internal sealed record ReconcileProblem(string Reason, string Message, bool IsTerminal = false, bool IsConflict = false, bool IsNamespaceGoing = false, bool IsExpected = false);
