namespace CleverRemoteOperator.Clusters;

/// <summary>
/// What is known of the API server behind a cluster. Only the address comes from our own configuration; the uids are the server's own claim, so they
/// are a reason to compare the servers and prove nothing. Each kind of uid is compared with its own kind only.
/// </summary>
/// <param name="Address">Address and certificate authorities, as the kubeconfig has them.</param>
/// <param name="KubeSystem">Uid of the namespace <c>kube-system</c>; null where it may not be read.</param>
/// <param name="Lease">Uid of our Lease; null while there is none.</param>
internal sealed record ServerFacts(string Address, string? KubeSystem = null, string? Lease = null)
{
    /// <summary>What both have in common, for a message; null when nothing suggests that they are one server or a copy.</summary>
    public string? Common(ServerFacts other) =>
        IsOfOneOrigin(other) ? KubeSystem is not null && KubeSystem == other.KubeSystem ? "their kube-system namespaces have the same uid" : "their Leases have the same uid"
        : Address == other.Address ? "they have the same address"
        : null;

    /// <summary>Whether both are known to have storage of different origin.</summary>
    public bool Differs(ServerFacts other) => KubeSystem is not null && other.KubeSystem is not null && KubeSystem != other.KubeSystem;

    /// <summary>Whether their storage has one origin: one server, or a copy of it.</summary>
    public bool IsOfOneOrigin(ServerFacts other) =>
        (KubeSystem is not null && KubeSystem == other.KubeSystem) || (Lease is not null && Lease == other.Lease);
}
