namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>Why a Lease is held no longer.</summary>
/// <param name="IsLost">True when another may be serving already: not one more write is allowed.</param>
/// <param name="Next">The instance that shall have it; empty for any.</param>
internal sealed record LeaseEnd(string Reason, bool IsLost, string Next = "");
