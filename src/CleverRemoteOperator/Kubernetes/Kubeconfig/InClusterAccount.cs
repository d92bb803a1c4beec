using CleverRemoteOperator.Kubernetes.Api;
using k8s;
using k8s.Exceptions;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>The service account Kubernetes gives to a pod.</summary>
internal static class InClusterAccount
{
    private const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The account of this pod.</summary>
    public static KubeconfigResult Read(TimeProvider time)
    {
        try
        {
            // The library knows where a pod finds its API server; token and authority are read by us, as the token changes.
            return Read(Folder, new Uri(KubernetesClientConfiguration.InClusterConfig().Host), time);
        }
        catch (Exception failure) when (failure is KubeConfigException or IOException or UnauthorizedAccessException or UriFormatException)
        {
            return KubeconfigResult.Bad("this process is not in a pod with a service account token");
        }
    }

    /// <summary>The account whose token and certificate authorities are in a folder.</summary>
    public static KubeconfigResult Read(string folder, Uri server, TimeProvider time)
    {
        var path = Path.Combine(folder, "ca.crt");
        if (RotatedFile.Read(path, out var whyNot) is not { } pem)
        {
            return KubeconfigResult.Bad($"{path} {whyNot}");
        }

        var authorities = CertificateAuthorities.Read(pem);
        return authorities.Count == 0
            ? KubeconfigResult.Bad($"{path} contains no PEM certificate")
            : new KubeconfigResult(
                new ClusterConnection
                {
                    Server = server,
                    CertificateAuthorities = authorities,
                    Files = new TlsFiles(new TlsMaterial(authorities, null), new PemSource(pem, path), null, null, time),
                    Credentials = new TokenFile(Path.Combine(folder, "token"), time),
                },
                []);
    }
}
