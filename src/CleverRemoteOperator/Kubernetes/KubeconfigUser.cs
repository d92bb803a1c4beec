using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>Reads the user of a kubeconfig: exactly one way to prove who we are.</summary>
internal sealed class KubeconfigUser(KubeconfigSection user, ClusterOptions options, KubeconfigFileReader files, TimeProvider time)
{
    private static readonly string[] Impersonation = ["as", "as-uid", "as-groups", "as-user-extra"];

    /// <summary>A connection that has only its credentials yet; mistakes are noted in the section.</summary>
    public ClusterConnection Read(KubeconfigSection cluster, Uri? server)
    {
        user.AllowOnly([
            "token", "tokenFile", "client-certificate-data", "client-certificate", "client-key-data", "client-key", "username", "password",
            "exec", "auth-provider", "extensions", .. Impersonation]);
        foreach (var key in Impersonation.Where(user.Has))
        {
            user.Mistake(key, "impersonation is not supported; give the operator a user of its own");
        }

        if (user.Has("auth-provider"))
        {
            user.Mistake("auth-provider", "is not supported; use exec or a token");
        }

        var token = Token();
        var exec = user.Section("exec");
        var (certificate, certificateKey) = Certificate();
        var username = user.Text("username");
        var ways = new[] { token ?? user.Text("tokenFile"), user.Has("exec") ? "exec" : null, username }.Count(way => way is not null);
        if (ways > 1)
        {
            user.Mistake("token", "give only one of token, tokenFile, exec and username");
        }
        else if (ways == 0 && !user.Has("client-certificate") && !user.Has("client-certificate-data") && !user.Has("auth-provider") && server?.Scheme != "http")
        {
            user.Mistake("token", "no credentials: give token, client-certificate-data with client-key-data, or exec");
        }

        return new ClusterConnection
        {
            Server = server ?? new Uri("https://invalid.invalid"),
            Token = token,
            TokenSource = exec is null ? FileToken() : Exec(exec, cluster, server),
            ClientCertificate = certificate,
            ClientKey = certificateKey,
            Username = username,
            Password = user.Text("password"),
        };
    }

    private string? Token()
    {
        var token = user.Text("token")?.Trim();
        if (token?.All(character => character is > ' ' and <= '~') == false)
        {
            user.Mistake("token", "holds characters no token has");
        }

        return token;
    }

    private ITokenSource? FileToken() =>
        user.Text("tokenFile") is { } file && files.Resolve(user, "tokenFile", file) is { } path ? TokenFile.Open(path, time) : null;

    private (string? Certificate, string? Key) Certificate()
    {
        var certificate = files.Pem(user, "client-certificate");
        var key = files.Pem(user, "client-key");
        if (certificate is null || key is null)
        {
            if (certificate is not null || key is not null)
            {
                user.Mistake("client-certificate", "needs its client-key, and the key its certificate");
            }

            return default;
        }

        try
        {
            using var parsed = X509Certificate2.CreateFromPem(certificate, key);
            if (parsed.NotAfter < time.GetUtcNow())
            {
                user.Mistake("client-certificate", $"expired on {parsed.NotAfter.ToUniversalTime():yyyy-MM-dd}");
            }
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            user.Mistake("client-certificate", "is not a certificate (PEM) with the unencrypted key that belongs to it");
        }

        return (certificate, key);
    }

    private RenewingToken? Exec(KubeconfigSection exec, KubeconfigSection cluster, Uri? server)
    {
        if (!options.AllowExec)
        {
            user.Mistake("exec", "runs a program, which is refused unless allow-exec is set for this cluster");
            return null;
        }

        exec.AllowOnly("apiVersion", "command", "args", "env", "interactiveMode", "provideClusterInfo", "installHint");
        if (exec.Required("apiVersion") is { } version and not ("client.authentication.k8s.io/v1" or "client.authentication.k8s.io/v1beta1"))
        {
            exec.Mistake("apiVersion", $"{Disclosure.Of(version, 64)} is not supported; allowed: client.authentication.k8s.io/v1, client.authentication.k8s.io/v1beta1");
        }

        if (exec.Text("interactiveMode") == "Always")
        {
            exec.Mistake("interactiveMode", "Always: nobody is there to answer");
        }

        var plugin = new ExecPlugin
        {
            Command = Command(exec),
            ApiVersion = exec.Text("apiVersion") ?? "",
            Arguments = exec.Texts("args"),
            Environment = [.. exec.Sections("env").Select(entry => KeyValuePair.Create(entry.Required("name") ?? "", entry.Text("value") ?? ""))],
            Server = exec.Flag("provideClusterInfo") ? server : null,
            CertificateAuthorityData = cluster.Text("certificate-authority-data"),
        };
        return new RenewingToken(token => plugin.RunAsync(time, token), time);
    }

    // As kubectl does: a bare name is looked up in PATH, a path with a slash is relative to the kubeconfig.
    private string Command(KubeconfigSection exec)
    {
        var command = exec.Required("command") ?? "";
        return command.Contains('/', StringComparison.Ordinal) && options.KubeconfigPath is { } path
            ? Path.GetFullPath(command, Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/")
            : command;
    }
}
