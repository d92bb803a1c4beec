namespace CleverRemoteOperator.Watching;

/// <summary>Where a watch is, for health, metrics and status: one immutable snapshot.</summary>
/// <param name="Since">When it came to this state.</param>
/// <param name="Synced">Whether a list was ever delivered in full.</param>
/// <param name="LastError">Why it last failed; null while all is well. Holds no credential.</param>
/// <param name="LastHeard">When the server last said anything: an answer, an event, a bookmark.</param>
/// <param name="NotKept">Why not all there is is kept; null when it is.</param>
/// <param name="IsLasting">Whether the failure has lasted for 15 s, or is one that somebody must mend: worth to be told.</param>
internal sealed record WatchStatus(
    WatchState State, DateTimeOffset Since, bool Synced, string? LastError, DateTimeOffset? LastHeard, string? NotKept = null, bool IsLasting = false)
{
    /// <summary>
    /// Whether what the watch knows can be relied on: it was listed in full, there was room for it, and the right to see its changes was
    /// not taken away since.
    /// </summary>
    public bool IsReliable => Synced && State != WatchState.Forbidden && NotKept is null;

    /// <summary>What is worth to be told of it; null while all is well, or a failure may pass by itself.</summary>
    public string? Problem => LastError is not null && IsLasting ? LastError : NotKept;
}

/// <summary>States of a watch.</summary>
internal enum WatchState
{
    /// <summary>Not begun, or ended.</summary>
    Stopped,

    /// <summary>Waits for its turn to list, or lists.</summary>
    Listing,

    /// <summary>The stream of changes is open, or being reopened after a normal end.</summary>
    Watching,

    /// <summary>Failed for a reason that passes by itself; tries again in at most 30 s, or when the server said so.</summary>
    BackingOff,

    /// <summary>The server does not accept our credentials (401); tries again in at most 5 min.</summary>
    Unauthorized,

    /// <summary>Our account may not list or watch this (403); tries again in at most 5 min.</summary>
    Forbidden,

    /// <summary>The server does not serve this type (404); tries again in at most 5 min.</summary>
    NotFound,
}
