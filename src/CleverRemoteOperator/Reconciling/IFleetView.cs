using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Reconciling;

/// <summary>What this process knows of all its clusters together.</summary>
internal interface IFleetView
{
    /// <summary>Whether the cluster may claim an add-on that no cluster has claimed, by the uid in its name.</summary>
    ClaimVerdict MayClaim(ClusterId cluster, string uid);
}

/// <summary>Whether a cluster may claim an unclaimed add-on.</summary>
/// <param name="Message">Why not, and what to do; empty when it may.</param>
internal readonly record struct ClaimVerdict(ClaimRight Right, string Message);

/// <summary>Whether a cluster may claim an unclaimed add-on.</summary>
internal enum ClaimRight
{
    /// <summary>No other cluster shows a resource with that uid.</summary>
    Yes,

    /// <summary>Not every configured cluster has been seen yet.</summary>
    Wait,

    /// <summary>Another cluster shows a resource with that uid.</summary>
    Disputed,

    /// <summary>The cluster is a copy of another.</summary>
    Never,
}
