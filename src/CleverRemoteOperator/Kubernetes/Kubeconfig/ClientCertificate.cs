using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>Our certificate with its key and those between it and its authority, ready to be shown.</summary>
internal sealed class ClientCertificate
{
    private const string NoCertificate = "is not a certificate (PEM) with the unencrypted key that belongs to it";
    private const string Ed25519 = "1.3.101.112";
    private const string Ed448 = "1.3.101.113";
    private readonly string _fingerprint;

    private ClientCertificate(X509Certificate2 certificate, X509Certificate2Collection others, string fingerprint)
    {
        _fingerprint = fingerprint;
        Expires = certificate.NotAfter;
        Context = SslStreamCertificateContext.Create(certificate, others, offline: true);
    }

    /// <summary>What a handshake takes.</summary>
    public SslStreamCertificateContext Context { get; }

    public DateTimeOffset Expires { get; }

    /// <summary>The certificate and its key.</summary>
    /// <param name="certificate">PEM: ours first, then those that lead to its authority.</param>
    /// <param name="mistake">Why there is none; cites nothing of the texts.</param>
    public static ClientCertificate? Read(string certificate, string key, out string mistake)
    {
        mistake = NoCertificate;
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(certificate);
            if (all.Count == 0)
            {
                return null;
            }

            mistake = Refusal(all[0], key);
            if (mistake.Length > 0)
            {
                return null;
            }

            mistake = NoCertificate;
            using var parsed = X509Certificate2.CreateFromPem(certificate, key);
            // Some systems use only keys that were imported.
            var own = X509CertificateLoader.LoadPkcs12(parsed.Export(X509ContentType.Pkcs12), null);
            all.RemoveAt(0);
            mistake = "";
            return new ClientCertificate(own, all, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{certificate}\n{key}"))));
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether both are one certificate and key.</summary>
    public bool IsSameAs(ClientCertificate? other) => other?._fingerprint == _fingerprint;

    private static string Refusal(X509Certificate2 certificate, string key) => certificate.GetKeyAlgorithm() switch
    {
        Ed25519 or Ed448 => "has an Ed25519 or Ed448 key, which is not supported; use an ECDSA (P-256) or RSA key",
        _ when key.Contains("ENCRYPTED", StringComparison.Ordinal) => "has an encrypted key; decrypt it (openssl pkey -in KEY)",
        _ when !key.Contains("PRIVATE KEY-----", StringComparison.Ordinal) => "has no key: client-key contains no PEM private key",
        _ => "",
    };
}
