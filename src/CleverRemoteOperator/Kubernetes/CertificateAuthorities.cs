using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>Reads certificate authorities as kubectl does: every certificate of the text, whatever stands between them.</summary>
internal static class CertificateAuthorities
{
    /// <summary>The certificates of a PEM text; those that cannot be read are left out.</summary>
    public static X509Certificate2Collection Read(string pem)
    {
        var found = new X509Certificate2Collection();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var block))
        {
            if (rest[block.Label] is "CERTIFICATE")
            {
                Add(found, rest[block.Base64Data]);
            }

            rest = rest[block.Location.End..];
        }

        return found;
    }

    private static void Add(X509Certificate2Collection found, ReadOnlySpan<char> base64)
    {
        try
        {
            found.Add(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(base64.ToString())));
        }
        catch (CryptographicException)
        {
            // One that cannot be read takes nothing from the others.
        }
    }
}
