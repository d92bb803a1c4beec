using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>How to reach one API server and prove who we are: what a kubeconfig says once it has been checked.</summary>
internal sealed record ClusterConnection
{
    /// <summary>Address of the API server; a path in it is kept.</summary>
    public required Uri Server { get; init; }

    /// <summary>Who may sign the server's certificate; empty for the machine's own list.</summary>
    public X509Certificate2Collection CertificateAuthorities { get; init; } = [];

    /// <summary>Name the server's certificate must carry, where it is not that of <see cref="Server"/>.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Whether the server's certificate is taken as it comes.</summary>
    public bool SkipTlsVerify { get; init; }

    /// <summary>Our certificate and its key.</summary>
    public ClientCertificate? ClientCertificate { get; init; }

    /// <summary>Where certificates and keys come from that are replaced; null when none is.</summary>
    public TlsFiles? Files { get; init; }

    /// <summary>Bearer token that never changes.</summary>
    public string? Token { get; init; }

    /// <summary>Token or certificate that does: from a file or a program.</summary>
    public ICredentialSource? Credentials { get; init; }

    /// <summary>Name for basic authentication.</summary>
    public string? Username { get; init; }

    /// <summary>Password for basic authentication.</summary>
    public string? Password { get; init; }

    /// <summary>Headers that say whom we act for.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Impersonation { get; init; } = [];

    /// <summary>The proxy that leads to this server; null for that of the environment, if any.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>Whether answers are asked for as they are.</summary>
    public bool DisableCompression { get; init; }

    /// <summary>Tells whether two configurations mean one cluster: the server's address and a hash of its certificate authorities.</summary>
    public string Identity => $"{Server.AbsoluteUri.TrimEnd('/')} {Fingerprint(CertificateAuthorities)}";

    /// <summary>Never shows a credential.</summary>
    public override string ToString() => Server.GetLeftPart(UriPartial.Path);

    private static string Fingerprint(X509Certificate2Collection authorities)
    {
        var hashes = authorities.Select(authority => authority.GetCertHashString(HashAlgorithmName.SHA256)).Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', hashes))))[..16];
    }
}
