using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CleverRemoteOperator.IntegrationTests.Connections;

/// <summary>A certificate authority that issues whatever a test asks for, right or wrong.</summary>
internal sealed class Authority
{
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly AsymmetricAlgorithm _key;

    private Authority(X509Certificate2 certificate, AsymmetricAlgorithm key) => (Certificate, _key) = (certificate, key);

    public X509Certificate2 Certificate { get; }

    public string Pem => Certificate.ExportCertificatePem() + "\n";

    public static Authority Root(string name = "root", string key = "p256", DateTimeOffset? until = null)
    {
        var made = Key(key);
        var request = Request($"CN={name}", made);
        AsAuthority(request);
        return new Authority(request.CreateSelfSigned(Start, until ?? Start.AddYears(90)), made);
    }

    public Authority Below(string name, string key = "p256", DateTimeOffset? until = null)
    {
        var made = Key(key);
        var request = Request($"CN={name}", made);
        AsAuthority(request);
        return new Authority(Sign(request, until ?? Start.AddYears(80)), made);
    }

    /// <summary>Another certificate for the key of this authority, signed by another one.</summary>
    public Authority CrossSignedBy(Authority other)
    {
        var request = Request(Certificate.Subject, _key);
        AsAuthority(request);
        return new Authority(other.Sign(request, Start.AddYears(80)), _key);
    }

    /// <summary>An authority that calls itself the same, with another key.</summary>
    public Authority Impostor() => Root(Certificate.Subject["CN=".Length..]);

    /// <summary>A certificate with its key.</summary>
    /// <param name="names">Names and addresses it is for; none for one with its subject alone.</param>
    public X509Certificate2 Issue(
        string[] names, string key = "p256", DateTimeOffset? from = null, DateTimeOffset? until = null, bool forClients = false, string subject = "CN=issued", bool selfSigned = false)
    {
        using var made = Key(key);
        var request = Request(subject, made);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([forClients ? ClientAuthentication : ServerAuthentication], false));
        if (names.Length > 0)
        {
            var alternatives = new SubjectAlternativeNameBuilder();
            foreach (var name in names)
            {
                if (IPAddress.TryParse(name, out var address))
                {
                    alternatives.AddIpAddress(address);
                }
                else
                {
                    alternatives.AddDnsName(name);
                }
            }

            request.CertificateExtensions.Add(alternatives.Build());
        }

        if (selfSigned)
        {
            return request.CreateSelfSigned(from ?? Start, until ?? Start.AddYears(70));
        }

        using var issued = Sign(request, until ?? Start.AddYears(70), from);
        using var whole = made is RSA rsa ? issued.CopyWithPrivateKey(rsa) : issued.CopyWithPrivateKey((ECDsa)made);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset until, DateTimeOffset? from = null)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(
            Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single()));
        var generator = _key is RSA rsa ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1) : X509SignatureGenerator.CreateForECDsa((ECDsa)_key);
        return request.Create(Certificate.SubjectName, generator, from ?? Start, until, RandomNumberGenerator.GetBytes(12));
    }

    private static void AsAuthority(CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
    }

    private static CertificateRequest Request(string subject, AsymmetricAlgorithm key)
    {
        var request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static AsymmetricAlgorithm Key(string kind) => kind switch
    {
        "p256" => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        "p384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        "p521" => ECDsa.Create(ECCurve.NamedCurves.nistP521),
        _ => RSA.Create(int.Parse(kind["rsa".Length..], System.Globalization.CultureInfo.InvariantCulture)),
    };
}
