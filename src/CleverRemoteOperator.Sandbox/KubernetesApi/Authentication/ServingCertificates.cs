using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

/// <summary>A certificate authority of one cluster's own, and the server certificate it signed.</summary>
internal sealed class ServingCertificates : IDisposable
{
    private ServingCertificates(X509Certificate2 server, string authorityPem)
    {
        Server = server;
        AuthorityPem = authorityPem;
    }

    public X509Certificate2 Server { get; }

    public string AuthorityPem { get; }

    /// <summary>Makes both, valid for a year of real time for localhost, the loopback addresses and the one listened on.</summary>
    public static ServingCertificates Create(string clusterName, IPAddress listen)
    {
        var start = TimeProvider.System.GetUtcNow().AddHours(-1);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest authorityRequest = new($"CN={clusterName}-ca", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        authorityRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authorityRequest.PublicKey, false));
        using var authority = authorityRequest.CreateSelfSigned(start, start.AddDays(366));

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest serverRequest = new("CN=kube-apiserver", serverKey, HashAlgorithmName.SHA256);
        serverRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        serverRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        serverRequest.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        serverRequest.CertificateExtensions.Add(AlternativeNames(listen));
        serverRequest.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        using var signed = serverRequest.Create(authority, start, start.AddDays(365), RandomNumberGenerator.GetBytes(16));
        using var withKey = signed.CopyWithPrivateKey(serverKey);
        // Schannel wants a key that came from a file; elsewhere this round trip does no harm.
        var server = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
        return new(server, authority.ExportCertificatePem());
    }

    public void Dispose() => Server.Dispose();

    private static X509Extension AlternativeNames(IPAddress listen)
    {
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        foreach (var address in new HashSet<IPAddress> { IPAddress.Loopback, IPAddress.IPv6Loopback, listen })
        {
            names.AddIpAddress(address);
        }

        return names.Build();
    }
}
