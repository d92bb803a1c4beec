using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>
/// Decides on a server's certificate as kubectl does: any certificate of <c>certificate-authority</c> is an anchor, also one in the
/// middle of a chain or the server's own; the name must be among the certificate's alternative names.
/// </summary>
internal static class ServerVerification
{
    private const X509ChainStatusFlags EndsEarly = X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot;
    private const int MaxNames = 10;

    /// <summary>How the chain of a server's certificate is to be built: nothing is fetched, no revocation asked for.</summary>
    public static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        if (authorities.Count > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }

        return policy;
    }

    /// <summary>Why the certificate is not accepted; null when it is.</summary>
    /// <param name="name">Name or address the certificate must be for.</param>
    public static string? Refusal(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection authorities, string name)
    {
        if (shown is not X509Certificate2 certificate || chain is null)
        {
            return "it has no certificate";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && !EndsAtAnchor(chain, authorities))
        {
            return Words(certificate, chain, authorities);
        }

        return certificate.MatchesHostname(name.TrimEnd('.'), allowWildcards: true, allowCommonName: false) ? null : $"it is for {Names(certificate)}, not for {name}";
    }

    private static bool EndsAtAnchor(X509Chain chain, X509Certificate2Collection authorities)
    {
        foreach (var element in chain.ChainElements)
        {
            if (element.ChainElementStatus.Any(status => (status.Status & ~EndsEarly) != 0))
            {
                return false;
            }

            if (authorities.Any(authority => authority.RawDataMemory.Span.SequenceEqual(element.Certificate.RawDataMemory.Span)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Words(X509Certificate2 certificate, X509Chain chain, X509Certificate2Collection authorities)
    {
        foreach (var element in chain.ChainElements.Where(element => element.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid)))
        {
            var whose = element.Certificate.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span) ? "it" : $"that of {Subject(element.Certificate)}";
            return chain.ChainPolicy.VerificationTime < element.Certificate.NotBefore
                ? $"{whose} is not valid before {Day(element.Certificate.NotBefore)} (NotTimeValid)"
                : $"{whose} expired on {Day(element.Certificate.NotAfter)} (NotTimeValid)";
        }

        var found = chain.ChainStatus.Select(status => status.Status).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one);
        return (found & ~EndsEarly) != 0 ? $"{found & ~EndsEarly}"
            : $"it is signed by {Printable.Of(certificate.Issuer, 128)}, which is not "
                + (authorities.Count > 0 ? "among certificate-authority(-data)" : "trusted by this machine; set certificate-authority-data");
    }

    private static string Names(X509Certificate2 certificate)
    {
        string[] names =
        [
            .. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))),
        ];
        return names.Length == 0 ? "no DNS name (the subject alone does not count)"
            : string.Join(", ", names.Take(MaxNames).Select(name => Printable.Of(name, 64))) + (names.Length > MaxNames ? " …" : "");
    }

    private static string Subject(X509Certificate2 certificate) => Printable.Of(certificate.Subject, 128);

    private static string Day(DateTime at) => at.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
