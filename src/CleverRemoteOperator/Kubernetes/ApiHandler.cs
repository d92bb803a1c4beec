using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>
/// How connections to an API server are made: HTTP/2, pinged, no redirects, 10 s to connect. Not the handler of the library's client:
/// that takes any host name a private authority signed for, and its client costs a fifth of a second and some MiB to begin with.
/// </summary>
internal static class ApiHandler
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    // What may wait in memory for each of many streams, whatever the server sends; half a second of 4 Mbit/s.
    private const int StreamWindow = 256 * 1024;

    public static SocketsHttpHandler Create(ClusterConnection connection) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        Proxy = OutboundProxy.OfThisProcess(),
        AutomaticDecompression = DecompressionMethods.GZip,
        ConnectTimeout = ConnectLimit,
        InitialHttp2StreamWindowSize = StreamWindow,
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        SslOptions = SslOptions(connection),
    };

    [SuppressMessage("Security", "CA5359", Justification = "Only where the operator's own configuration says so for this cluster.")]
    private static SslClientAuthenticationOptions SslOptions(ClusterConnection connection)
    {
        var options = new SslClientAuthenticationOptions { CertificateChainPolicy = ChainPolicy(connection.CertificateAuthorities) };
        if (connection.SkipTlsVerify)
        {
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }

        if (ClientCertificate(connection) is { } certificate)
        {
            // Without the callback a certificate whose issuer the server does not name is left out.
            options.ClientCertificates = [certificate];
            options.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return options;
    }

    private static X509ChainPolicy? ChainPolicy(X509Certificate2Collection authorities)
    {
        if (authorities.Count == 0)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static X509Certificate2? ClientCertificate(ClusterConnection connection)
    {
        if (connection.ClientCertificate is null)
        {
            return null;
        }

        // Some systems use only keys that were imported.
        using var certificate = X509Certificate2.CreateFromPem(connection.ClientCertificate, connection.ClientKey);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
