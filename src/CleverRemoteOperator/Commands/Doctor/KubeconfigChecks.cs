using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Kubernetes.Kubeconfig;

namespace CleverRemoteOperator.Commands.Doctor;

/// <summary>What a kubeconfig says by itself: how safe the way is, and when what it proves ends.</summary>
internal static class KubeconfigChecks
{
    private const string What = "kubeconfig";

    public static IEnumerable<Check> Of(ClusterDefinition definition, TimeProvider time)
    {
        if (definition.Kubeconfig is not { } text)
        {
            yield return Check.Ok(What, "the pod's own service account");
            yield break;
        }

        var (connection, _) = new KubeconfigReader(definition.Options, time).Read(text);
        if (connection is null)
        {
            // Connecting tells what is wrong with it.
            yield break;
        }

        using var credentials = connection.Credentials;
        var now = time.GetUtcNow();
        if (connection.SkipTlsVerify || connection.Server.Scheme == "http")
        {
            yield return Check.Warning("tls", "the server's certificate is not verified: whoever stands between reads what is sent; remove insecure-skip-tls-verify, or http://");
        }

        yield return connection switch
        {
            { ClientCertificate: { } certificate } => Expiry.Of(What, "the client certificate", certificate.Expires, now),
            { Token: { } token } when Expiry.OfToken(token) is { } end => Expiry.Of(What, "the token", end, now),
            { Token: not null } => Check.Ok(What, "the token does not say when it expires"),
            { Credentials: not null } => Check.Ok(What, "the credentials are renewed, from a file or by a program"),
            _ => Check.Ok(What, "the credentials do not say when they expire"),
        };
        if (connection.CertificateAuthorities.Count > 0)
        {
            var last = connection.CertificateAuthorities.Max(authority => (DateTimeOffset)authority.NotAfter.ToUniversalTime());
            if (Expiry.Of(What, "the certificate authority", last, now) is { Result: not CheckResult.Ok } soon)
            {
                yield return soon;
            }
        }
    }
}
