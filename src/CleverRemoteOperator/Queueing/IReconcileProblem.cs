namespace CleverRemoteOperator.Queueing;

/// <summary>A failure that has a name, and knows when another try is worth it.</summary>
internal interface IReconcileProblem
{
    /// <summary>In PascalCase, as in the resource's conditions.</summary>
    string Reason { get; }

    /// <summary>Null = with back-off.</summary>
    TimeSpan? RetryAfter { get; }
}
