namespace CleverRemoteOperator.Clusters;

/// <summary>
/// What is known of the API server behind a cluster. Only the address is ours to say; the uids are what the server says of itself, so they
/// are a reason to look closer and prove nothing. Each sort is compared with its own: one that poses as another matches nothing.
/// </summary>
/// <param name="Address">Address and certificate authorities, as the kubeconfig has them.</param>
/// <param name="KubeSystem">Uid of the namespace <c>kube-system</c>; null where it may not be read.</param>
/// <param name="Lease">Uid of our Lease; null while there is none.</param>
internal sealed record ServerFacts(string Address, string? KubeSystem = null, string? Lease = null)
{
    /// <summary>What both have, as the end of a message; null when nothing makes them look like one server or a copy.</summary>
    public string? Common(ServerFacts other) =>
        IsOfOneOrigin(other) ? KubeSystem is not null && KubeSystem == other.KubeSystem ? "their kube-system has one uid" : "their Lease has one uid"
        : Address == other.Address ? "they have one address"
        : null;

    /// <summary>Whether both are known to have storage of different origin.</summary>
    public bool Differs(ServerFacts other) => KubeSystem is not null && other.KubeSystem is not null && KubeSystem != other.KubeSystem;

    /// <summary>Whether their storage has one origin: one server, or a copy of it.</summary>
    public bool IsOfOneOrigin(ServerFacts other) =>
        (KubeSystem is not null && KubeSystem == other.KubeSystem) || (Lease is not null && Lease == other.Lease);
}
