using System.Security.Cryptography;
using System.Text;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Clusters;

/// <summary>One cluster as configured now, with its kubeconfig.</summary>
/// <param name="Kubeconfig">The kubeconfig's text; null for the pod's own service account.</param>
/// <param name="Namespaces">Namespaces to serve; <c>*</c> = all.</param>
internal sealed record ClusterDefinition(ClusterId Id, ClusterOptions Options, string? Kubeconfig, IReadOnlyList<string> Namespaces)
{
    /// <summary>Prefix of the cluster's name in add-on names; null for none.</summary>
    public string? Fleet { get; init; }

    /// <summary>The cluster's name in add-on names: <c>fleet.cluster</c>, or the cluster's name alone.</summary>
    public string OwnerName => FormerNames.OwnerName(Id.Name, Fleet);

    /// <summary>Former names in add-on names: such add-ons are its own, and are renamed.</summary>
    public IReadOnlyList<string> FormerOwnerNames =>
        [.. Options.Formerly.SelectMany(former => FormerNames.Expand(former, Fleet)).Distinct(StringComparer.Ordinal).Where(name => name != OwnerName)];

    /// <summary>Changes with everything the cluster's loops depend on.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', Kubeconfig, string.Join(',', Namespaces), Options.Context, Options.AllowExec, Options.AllowFiles, Options.AllowInsecure,
        string.Join(',', Options.ExecEnvironment), Options.Api?.Fingerprint, Options.Api?.Organisation, OwnerName, string.Join(',', FormerOwnerNames), Options.Takeover, Options.Paused,
        Options.AllowedOrganisations is { } allowed ? string.Join(',', allowed) : "-", Options.DeletionPolicy, Options.DeletionProtection, Options.RequireNamespaceCredentials,
        Options.AllowAdoption is { } adopting ? string.Join(',', adopting) : "-"))));

    /// <summary>The namespace of the cluster's Lease.</summary>
    /// <param name="configured">The namespace of the configuration, if it names one.</param>
    public string LeaseNamespace(string? configured) => configured ?? Namespaces.FirstOrDefault(name => name != "*") ?? "default";

    /// <summary>Warns when a tenant could keep the operator from serving the cluster by writing its Lease; null when none can.</summary>
    /// <param name="configured">The namespace of the configuration, if it names one.</param>
    public string? LeaseRisk(string? configured) => !Namespaces.Contains("*") && Namespaces.Contains(LeaseNamespace(configured))
        ? $"its Lease is in namespace {LeaseNamespace(configured)}, which the operator serves: anyone who can update Leases there can keep the operator on standby for the whole cluster. "
            + "Set [operator] lease-namespace to a namespace that only the operator uses"
        : null;

    /// <summary>A namespace that both serve, <c>*</c> for all of them; null when there is none.</summary>
    public string? SharedNamespace(ClusterDefinition other) =>
        Namespaces.Concat(other.Namespaces).Where(name => Serves(name) && other.Serves(name)).OrderBy(name => name == "*").FirstOrDefault();

    /// <summary>Whether the namespace is served.</summary>
    public bool Serves(string name) => Namespaces.Contains(name) || Namespaces.Contains("*");

    /// <summary>Never shows the kubeconfig.</summary>
    public override string ToString() => Options.ToString();
}
