using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CleverRemoteOperator.Sandbox.CleverApi.Kubernetes;

/// <summary>Signs the client certificates of a cluster, a fresh one for each kubeconfig.</summary>
internal sealed class ClusterAuthority : IDisposable
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Life = TimeSpan.FromDays(3650);

    private readonly X509Certificate2 _certificate;

    private ClusterAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>The authority's certificate, PEM.</summary>
    public string Certificate => _certificate.ExportCertificatePem();

    /// <summary>A new authority.</summary>
    public static ClusterAuthority New(string name, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return new ClusterAuthority(request.CreateSelfSigned(now - Skew, now + Life));
    }

    /// <summary>An authority that exists already: its certificate and key, both PEM in one text.</summary>
    /// <exception cref="CryptographicException">The text is something else.</exception>
    public static ClusterAuthority Of(string pem) => new(X509Certificate2.CreateFromPem(pem, pem));

    /// <summary>A client certificate of an administrator, and its key, both PEM.</summary>
    public (string Certificate, string Key) Sign(DateTimeOffset now, TimeSpan life)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("O=system:masters, CN=kubernetes-admin", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientAuthentication)], false));
        var from = now - Skew > _certificate.NotBefore ? now - Skew : new DateTimeOffset(_certificate.NotBefore);
        using var signed = request.Create(_certificate.SubjectName, Generator(), from, now + life, RandomNumberGenerator.GetBytes(16));
        return (signed.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _certificate.Dispose();

    private X509SignatureGenerator Generator() =>
        _certificate.GetECDsaPrivateKey() is { } elliptic ? X509SignatureGenerator.CreateForECDsa(elliptic)
        : _certificate.GetRSAPrivateKey() is { } rsa ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
        : throw new CryptographicException("An ECDSA or RSA key is needed.");
}
