using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Reconciling;

/// <summary>What the process knows of all configured clusters together.</summary>
internal interface IFleetView
{
    /// <summary>Whether the cluster may claim an add-on that bears this uid and no cluster's name. Cheap; asks nothing and waits for nothing.</summary>
    ClaimVerdict MayClaim(ClusterId cluster, string uid);

    /// <summary>
    /// The resource whose an add-on is by its name, read live where its cluster is served here. <see cref="HolderState.Gone"/> only when every
    /// cluster that could have it was asked.
    /// </summary>
    /// <param name="place">Namespace and name it should have; null when the add-on's name does not tell.</param>
    Task<Holder> FindHolderAsync(AddonKind kind, AddonName name, (string Namespace, string Name)? place, CancellationToken token);
}

/// <summary>Whether an add-on may be claimed.</summary>
/// <param name="Message">Why not, and what to do about it; empty for <see cref="ClaimRight.Yes"/>.</param>
internal readonly record struct ClaimVerdict(ClaimRight Right, string Message)
{
    public static ClaimVerdict Yes { get; } = new(ClaimRight.Yes, "");
}

/// <summary>The right to claim an add-on.</summary>
internal enum ClaimRight
{
    /// <summary>No other cluster has a resource of that uid, or the configuration says it is this cluster's.</summary>
    Yes,

    /// <summary>Not yet: what other clusters have is not known.</summary>
    Wait,

    /// <summary>Another cluster has a resource of the same uid.</summary>
    Disputed,

    /// <summary>The cluster is a copy of another one: what bears no cluster's name is left to that one.</summary>
    Never,
}
