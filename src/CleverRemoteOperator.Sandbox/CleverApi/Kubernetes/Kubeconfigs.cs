using System.Collections.Concurrent;
using System.Text;
using CleverRemoteOperator.Sandbox.CleverApi.Control;

namespace CleverRemoteOperator.Sandbox.CleverApi.Kubernetes;

/// <summary>Writes the kubeconfig of a cluster, with a client certificate made for it.</summary>
internal sealed class Kubeconfigs(SandboxClock clock)
{
    public const string CertificatePlace = "{client-certificate-data}";
    public const string KeyPlace = "{client-key-data}";
    public const string AuthorityPlace = "{certificate-authority-data}";

    private readonly ConcurrentDictionary<string, ClusterAuthority> _authorities = new();

    /// <summary>The bound kubeconfig with its places filled, or a well-formed one that leads nowhere.</summary>
    public string Of(KubernetesCluster cluster)
    {
        var text = cluster.Kubeconfig ?? Nowhere(cluster);
        if (!text.Contains(CertificatePlace, StringComparison.Ordinal) && !text.Contains(AuthorityPlace, StringComparison.Ordinal))
        {
            return text;
        }

        var authority = _authorities.GetOrAdd(
            cluster.Id + cluster.Authority, _ => cluster.Authority is { } pem ? ClusterAuthority.Of(pem) : ClusterAuthority.New(cluster.Id, clock.Now));
        var (certificate, key) = authority.Sign(clock.Now, clock.Delays.CertificateLife);
        return text.Replace(CertificatePlace, Encoded(certificate), StringComparison.Ordinal)
            .Replace(KeyPlace, Encoded(key), StringComparison.Ordinal)
            .Replace(AuthorityPlace, Encoded(authority.Certificate), StringComparison.Ordinal);
    }

    private static string Encoded(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));

    private static string Nowhere(KubernetesCluster cluster) => $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: {cluster.Id}
          cluster:
            server: https://{cluster.Id.ToLowerInvariant().Replace('_', '-')}.sandbox.example:6443
            certificate-authority-data: {AuthorityPlace}
        contexts:
        - name: {cluster.Id}
          context:
            cluster: {cluster.Id}
            user: admin
        current-context: {cluster.Id}
        users:
        - name: admin
          user:
            client-certificate-data: {CertificatePlace}
            client-key-data: {KeyPlace}

        """;
}
