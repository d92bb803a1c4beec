using System.Security.Cryptography;
using System.Text;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Clusters;

/// <summary>One cluster as it is configured now, its kubeconfig read.</summary>
/// <param name="Kubeconfig">The kubeconfig's text; null for the pod's own service account.</param>
/// <param name="Namespaces">Namespaces to serve; <c>*</c> = all.</param>
internal sealed record ClusterDefinition(ClusterId Id, ClusterOptions Options, string? Kubeconfig, IReadOnlyList<string> Namespaces)
{
    /// <summary>Goes before the cluster's name on add-ons; null for none.</summary>
    public string? Fleet { get; init; }

    /// <summary>What the cluster's add-ons bear: <c>fleet.cluster</c>, or the cluster's name alone.</summary>
    public string OwnerName => FormerNames.OwnerName(Id.Name, Fleet);

    /// <summary>What its add-ons bore before: they are its own, and are renamed on the way.</summary>
    public IReadOnlyList<string> FormerOwnerNames =>
        [.. Options.Formerly.SelectMany(former => FormerNames.Expand(former, Fleet)).Distinct(StringComparer.Ordinal).Where(name => name != OwnerName)];

    /// <summary>Differs when anything differs that the cluster's loops depend on.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', Kubeconfig, string.Join(',', Namespaces), Options.Context, Options.AllowExec, Options.AllowFiles, Options.AllowInsecure,
        string.Join(',', Options.ExecEnvironment), Options.Api?.Fingerprint, Options.Api?.Organisation, OwnerName, string.Join(',', FormerOwnerNames), Options.Takeover,
        Options.AllowedOrganisations is { } allowed ? string.Join(',', allowed) : "-", Options.DeletionPolicy, Options.DeletionProtection, Options.RequireNamespaceCredentials))));

    /// <summary>Where the cluster's Lease lies.</summary>
    /// <param name="configured">The namespace of the configuration, if it names one.</param>
    public string LeaseNamespace(string? configured) => configured ?? Namespaces.FirstOrDefault(name => name != "*") ?? "default";

    /// <summary>Who could keep the operator from serving the cluster by writing its Lease, and what to do; null when no tenant can.</summary>
    /// <param name="configured">The namespace of the configuration, if it names one.</param>
    public string? LeaseRisk(string? configured) => !Namespaces.Contains("*") && Namespaces.Contains(LeaseNamespace(configured))
        ? $"its Lease lies in {LeaseNamespace(configured)}, which it serves: whoever may write Leases there can keep the operator on standby for the whole cluster. "
            + "Set [operator] lease-namespace to a namespace of the operator's own"
        : null;

    /// <summary>A namespace that both serve, <c>*</c> for all of them; null when there is none.</summary>
    public string? SharedNamespace(ClusterDefinition other) =>
        Namespaces.Concat(other.Namespaces).Where(name => Serves(name) && other.Serves(name)).OrderBy(name => name == "*").FirstOrDefault();

    private bool Serves(string name) => Namespaces.Contains(name) || Namespaces.Contains("*");

    /// <summary>Never shows the kubeconfig.</summary>
    public override string ToString() => Options.ToString();
}
