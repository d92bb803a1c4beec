namespace CleverRemoteOperator.Observability;

/// <summary>The state of one cluster.</summary>
internal enum ClusterState
{
    /// <summary>Not every list is complete yet.</summary>
    Connecting,

    /// <summary>Another instance holds the cluster's Lease and serves it.</summary>
    Standby,

    /// <summary>The same API server is, or may be, configured under another name as well, which is served instead.</summary>
    Duplicate,

    /// <summary>Every watch is complete and running, and the storage is a copy of another cluster's.</summary>
    Clone,

    /// <summary>Every watch is complete and running.</summary>
    Synced,

    /// <summary>Some watches run, others fail; or none of the operator's definitions is installed.</summary>
    Degraded,

    /// <summary>Its kubeconfig cannot be used, so it is not connected to.</summary>
    InvalidKubeconfig,

    /// <summary>The API server does not answer, or fails TLS verification.</summary>
    Unreachable,

    /// <summary>The API server rejects the credentials (401).</summary>
    Unauthorized,

    /// <summary>The API server denies the permissions (403).</summary>
    Forbidden,

    /// <summary>No longer configured; its last reconciles are finishing.</summary>
    Removed,
}

/// <summary>How many resources of a kind are in a state.</summary>
/// <param name="Kind">The kind's name.</param>
/// <param name="State">One word of a fixed set: <c>Ready</c>, <c>NotReady</c>, <c>Deleting</c>.</param>
internal readonly record struct ResourceCount(string Kind, string State, int Count);

/// <summary>One cluster as <c>/status</c> and the metrics show it.</summary>
/// <param name="Since">When it came into this state.</param>
/// <param name="LastError">The latest error, at most 1024 characters, without secrets; kept after recovery.</param>
/// <param name="LastErrorAt">When that was.</param>
internal sealed record ClusterSnapshot(
    string Name, ClusterState State, DateTimeOffset Since, string? LastError, DateTimeOffset? LastErrorAt,
    IReadOnlyList<ResourceCount> Resources);
