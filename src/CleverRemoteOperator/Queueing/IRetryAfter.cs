namespace CleverRemoteOperator.Queueing;

/// <summary>A failure that knows when another try is worth it.</summary>
internal interface IRetryAfter
{
    /// <summary>Null = with back-off.</summary>
    TimeSpan? RetryAfter { get; }
}
