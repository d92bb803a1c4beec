namespace CleverRemoteOperator.Watching;

/// <summary>What the watches of one cluster share, so that none of it is at the expense of another cluster.</summary>
/// <param name="Memory">What the cluster may keep; null = as much as there is.</param>
internal sealed record ClusterLimits(TimeProvider Time, MemoryShare? Memory = null) : IDisposable
{
    /// <summary>One line or page of more than 64 KiB is read at a time.</summary>
    public SemaphoreSlim Large { get; } = new(1);

    public ReadRate Rate { get; } = new(Time);

    public void Dispose() => Large.Dispose();
}
