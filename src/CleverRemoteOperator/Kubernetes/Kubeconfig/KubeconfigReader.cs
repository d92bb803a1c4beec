using System.Net;
using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>
/// Checks a kubeconfig and makes a connection of it. It may come from a stranger: nothing it says is run or opened unless
/// the cluster's options allow it, and what would give more rights than it seems to ask for is refused.
/// </summary>
internal sealed class KubeconfigReader(ClusterOptions options, TimeProvider time)
{
    private static readonly string[] ProxySchemes = ["http", "https", "socks5", "socks5h"];

    private readonly List<string> _mistakes = [];

    /// <summary>Reads a kubeconfig. May be called once.</summary>
    public KubeconfigResult Read(string text)
    {
        try
        {
            return ReadDocument(text);
        }
        catch (DocumentException failure)
        {
            return KubeconfigResult.Bad(failure.Message);
        }
    }

    private KubeconfigResult ReadDocument(string text)
    {
        if (KubeconfigYaml.Read(text, out var mistake) is not { } document)
        {
            return KubeconfigResult.Bad(mistake);
        }

        var root = new KubeconfigSection(document, "", _mistakes);
        root.AllowOnly("apiVersion", "kind", "clusters", "users", "contexts", "current-context", "preferences", "extensions");
        if ((root.Text("apiVersion") ?? "v1", root.Text("kind") ?? "Config") is not ("v1", "Config"))
        {
            root.Mistake("kind", "is not a kubeconfig: expected kind Config, apiVersion v1");
        }

        var name = options.Context ?? root.Text("current-context");
        if (name is null)
        {
            root.Mistake("current-context", "is missing; set it, or the context of this cluster");
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
        connection?.Credentials?.Dispose();
        return KubeconfigResult.Bad(_mistakes);
    }

    private ClusterConnection? Connect(KubeconfigSection cluster, KubeconfigSection user)
    {
        cluster.AllowOnly(
            "server", "certificate-authority-data", "certificate-authority", "tls-server-name", "insecure-skip-tls-verify", "proxy-url",
            "disable-compression", "extensions");
        var server = Server(cluster);
        var skipsVerify = cluster.Flag("insecure-skip-tls-verify");
        if (skipsVerify && !options.AllowInsecure)
        {
            cluster.Mistake("insecure-skip-tls-verify", "is refused; to allow it, set allow-insecure for this cluster");
        }

        var files = new KubeconfigFileReader(options);
        var authority = files.Pem(cluster, "certificate-authority");
        if (skipsVerify && authority is not null)
        {
            cluster.Mistake("insecure-skip-tls-verify", "conflicts with certificate-authority; set one of them");
        }

        var proxy = Proxy(cluster);
        var ours = new KubeconfigUser(user, options, files, time);
        var credentials = ours.Read(new ExecCluster(cluster).Describe, authority, server);
        var authorities = Authorities(cluster, authority);
        var material = new TlsMaterial(authorities, credentials.ClientCertificate);
        return server is null ? null : credentials with
        {
            Server = server,
            SkipTlsVerify = skipsVerify,
            TlsServerName = cluster.Text("tls-server-name"),
            CertificateAuthorities = authorities,
            Files = authority?.Path is null && !ours.HasFiles ? null : new TlsFiles(material, authority, ours.Certificate, ours.Key, time),
            Proxy = proxy,
            DisableCompression = cluster.Flag("disable-compression"),
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
            cluster.Mistake("server", "http:// is refused; to allow it, set allow-insecure for this cluster");
        }

        return server;
    }

    private static WebProxy? Proxy(KubeconfigSection cluster)
    {
        if (cluster.Text("proxy-url") is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && ProxySchemes.Contains(address.Scheme) && address.Host.Length > 0)
        {
            return new WebProxy(address);
        }

        cluster.Mistake("proxy-url", "must be an address like http://host:3128; allowed: http, https, socks5");
        return null;
    }

    private X509Certificate2Collection Authorities(KubeconfigSection cluster, PemSource? pem)
    {
        if (pem is null)
        {
            return [];
        }

        var authorities = CertificateAuthorities.Read(pem.Text);
        if (authorities.Count == 0)
        {
            cluster.Mistake("certificate-authority", "contains no PEM certificate");
        }
        else if (authorities.All(authority => authority.NotAfter < time.GetUtcNow()))
        {
            cluster.Mistake("certificate-authority", $"expired on {authorities.Max(authority => authority.NotAfter.ToUniversalTime()):yyyy-MM-dd}");
        }

        return authorities;
    }
}
