namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>Why a Lease is no longer held.</summary>
/// <param name="IsLost">True when another instance may be serving already: no more writes are allowed.</param>
/// <param name="Next">The instance it is released for; empty for any.</param>
internal sealed record LeaseEnd(string Reason, bool IsLost, string Next = "");
