using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>
/// Checks a kubeconfig and makes a connection of it. It may come from a stranger: nothing it says is run or opened unless
/// the cluster's options allow it, and what would give more rights than it seems to ask for is refused.
/// </summary>
internal sealed class KubeconfigReader(ClusterOptions options, TimeProvider time)
{
    private readonly List<string> _mistakes = [];

    /// <summary>Reads a kubeconfig. May be called once.</summary>
    public KubeconfigResult Read(string text)
    {
        if (KubeconfigYaml.Read(text, out var mistake) is not { } document)
        {
            return KubeconfigResult.Bad(mistake);
        }

        var root = new KubeconfigSection(document, "", _mistakes);
        root.AllowOnly("apiVersion", "kind", "clusters", "users", "contexts", "current-context", "preferences", "extensions");
        var name = options.Context ?? root.Text("current-context");
        if (name is null)
        {
            root.Mistake("current-context", "is missing, and no context was asked for");
        }

        var context = root.Named("contexts", "context", name);
        context?.AllowOnly("cluster", "user", "namespace", "extensions");
        var cluster = root.Named("clusters", "cluster", context?.Required("cluster"));
        var user = root.Named("users", "user", context?.Required("user"));
        var connection = cluster is null || user is null ? null : Connect(cluster, user);
        return _mistakes.Count > 0 ? Refuse(connection) : new KubeconfigResult(connection, []);
    }

    private KubeconfigResult Refuse(ClusterConnection? connection)
    {
        connection?.TokenSource?.Dispose();
        return KubeconfigResult.Bad(_mistakes);
    }

    private ClusterConnection? Connect(KubeconfigSection cluster, KubeconfigSection user)
    {
        cluster.AllowOnly(
            "server", "certificate-authority-data", "certificate-authority", "tls-server-name", "insecure-skip-tls-verify", "proxy-url",
            "disable-compression", "extensions");
        if (cluster.Has("proxy-url"))
        {
            cluster.Mistake("proxy-url", "is not supported; set HTTPS_PROXY for the operator instead");
        }

        var server = Server(cluster);
        var skipsVerify = cluster.Flag("insecure-skip-tls-verify");
        if (skipsVerify && !options.AllowInsecure)
        {
            cluster.Mistake("insecure-skip-tls-verify", "is refused unless allow-insecure is set for this cluster");
        }

        var files = new KubeconfigFileReader(options);
        var authorities = Authorities(cluster, files);
        var credentials = new KubeconfigUser(user, options, files, time).Read(cluster, server);
        return server is null ? null : credentials with
        {
            Server = server,
            SkipTlsVerify = skipsVerify,
            TlsServerName = cluster.Text("tls-server-name"),
            CertificateAuthorities = authorities,
        };
    }

    private Uri? Server(KubeconfigSection cluster)
    {
        if (cluster.Required("server") is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var server) || server.Scheme is not ("https" or "http")
            || server.UserInfo.Length > 0 || server.Query.Length > 0 || server.Fragment.Length > 0)
        {
            cluster.Mistake("server", "must be an address like https://host:6443, without user, query or fragment");
            return null;
        }

        if (server.Scheme == "http" && !options.AllowInsecure)
        {
            cluster.Mistake("server", "http:// is refused unless allow-insecure is set for this cluster");
        }

        return server;
    }

    private X509Certificate2Collection Authorities(KubeconfigSection cluster, KubeconfigFileReader files)
    {
        var authorities = new X509Certificate2Collection();
        if (files.Pem(cluster, "certificate-authority") is not { } pem)
        {
            return authorities;
        }

        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            authorities.Clear();
        }

        if (authorities.Count == 0)
        {
            cluster.Mistake("certificate-authority", "holds no certificate (PEM)");
        }
        else if (authorities.All(authority => authority.NotAfter < time.GetUtcNow()))
        {
            cluster.Mistake("certificate-authority", $"expired on {authorities.Max(authority => authority.NotAfter.ToUniversalTime()):yyyy-MM-dd}");
        }

        return authorities;
    }
}
