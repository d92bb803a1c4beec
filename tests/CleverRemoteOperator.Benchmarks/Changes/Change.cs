namespace CleverRemoteOperator.Benchmarks.Changes;

/// <summary>What is done to a resource.</summary>
internal enum ChangeKind
{
    Edit,
    Delete,
    Create,
}

/// <summary>One change of one resource, and when its end was seen; moments are <see cref="TimeProvider.GetTimestamp"/>.</summary>
/// <param name="Generation">Which generation of the resource an edit makes.</param>
internal sealed record Change(ChangeKind Kind, string Cluster, string Namespace, string Name, int Generation)
{
    public long SentAt { get; set; }

    public long DoneAt { get; set; }

    public TimeSpan Took(TimeProvider time) => time.GetElapsedTime(SentAt, DoneAt);
}
