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
    /// <summary>Differs when anything differs that the cluster's loops depend on.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', Kubeconfig, string.Join(',', Namespaces), Options.Context, Options.AllowExec, Options.AllowFiles, Options.AllowInsecure,
        string.Join(',', Options.ExecEnvironment), Options.Api?.Fingerprint, Options.Api?.Organisation))));

    /// <summary>Never shows the kubeconfig.</summary>
    public override string ToString() => Options.ToString();
}
