namespace CleverRemoteOperator.Observability;

/// <summary>How the operator gets on with one cluster.</summary>
internal enum ClusterState
{
    /// <summary>No list has been delivered yet.</summary>
    Connecting,

    /// <summary>Another instance holds the cluster's Lease and serves it.</summary>
    Standby,

    /// <summary>The same API server is configured under another name as well, which serves the namespaces, or it is not told yet that it is not: this one does not.</summary>
    Duplicate,

    /// <summary>Every watch is complete and running, and the storage is a copy of another cluster's.</summary>
    Clone,

    /// <summary>Every watch is complete and running.</summary>
    Synced,

    /// <summary>Some watches run, others fail; or none of the operator's definitions is installed.</summary>
    Degraded,

    /// <summary>Its kubeconfig cannot be used, so nothing is asked of it.</summary>
    InvalidKubeconfig,

    /// <summary>The API server gives no answer, or none that TLS lets through.</summary>
    Unreachable,

    /// <summary>The API server refuses our identity (401).</summary>
    Unauthorized,

    /// <summary>The API server refuses what we ask for (403).</summary>
    Forbidden,

    /// <summary>Taken out of the configuration; its last reconciles are running out.</summary>
    Removed,
}

/// <summary>How many resources of a kind are in a state.</summary>
/// <param name="Kind">The kind's name.</param>
/// <param name="State">One word of a bounded set: <c>Ready</c>, <c>NotReady</c>, <c>Deleting</c> …</param>
internal readonly record struct ResourceCount(string Kind, string State, int Count);

/// <summary>One cluster as <c>/status</c> and the metrics show it.</summary>
/// <param name="Since">When it came into this state.</param>
/// <param name="LastError">The latest error, at most 256 characters, without secrets; kept after recovery.</param>
/// <param name="LastErrorAt">When that was.</param>
internal sealed record ClusterSnapshot(
    string Name, ClusterState State, DateTimeOffset Since, string? LastError, DateTimeOffset? LastErrorAt,
    IReadOnlyList<ResourceCount> Resources);
