using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>Reads the user of a kubeconfig: exactly one way to prove who we are.</summary>
internal sealed class KubeconfigUser(KubeconfigSection user, ClusterOptions options, KubeconfigFileReader files, TimeProvider time)
{
    private static readonly string[] Impersonation = ["as", "as-uid", "as-groups", "as-user-extra"];

    /// <summary>Where our certificate comes from.</summary>
    public PemSource? Certificate { get; private set; }

    /// <summary>Where its key comes from.</summary>
    public PemSource? Key { get; private set; }

    /// <summary>Whether one of the two may be replaced.</summary>
    public bool HasFiles => Certificate?.Path is not null || Key?.Path is not null;

    /// <summary>A connection that has only its credentials yet; mistakes are noted in the section.</summary>
    /// <param name="describe">What a program is told of the cluster.</param>
    /// <param name="authority">The cluster's authorities, which it is told too.</param>
    public ClusterConnection Read(Func<JsonObject> describe, PemSource? authority, Uri? server)
    {
        user.AllowOnly([
            "token", "tokenFile", "client-certificate-data", "client-certificate", "client-key-data", "client-key", "username", "password",
            "exec", "auth-provider", "extensions", .. Impersonation]);
        if (user.Has("auth-provider"))
        {
            user.Mistake("auth-provider", "is not supported; use exec or a token");
        }

        var token = Token();
        var exec = user.Section("exec");
        var certificate = ReadCertificate();
        var username = user.Text("username");
        var ways = new[] { token ?? user.Text("tokenFile"), user.Has("exec") ? "exec" : null, username }.Count(way => way is not null);
        if (ways > 1)
        {
            user.Mistake("token", "set only one of token, tokenFile, exec and username");
        }
        else if (ways == 0 && !user.Has("client-certificate") && !user.Has("client-certificate-data") && !user.Has("auth-provider") && server?.Scheme != "http")
        {
            user.Mistake("token", "no credentials: set token, client-certificate-data with client-key-data, or exec");
        }

        return new ClusterConnection
        {
            Server = server ?? new Uri("https://invalid.invalid"),
            Token = token,
            Credentials = exec is null ? FileToken(token) : Exec(exec, describe, authority),
            ClientCertificate = certificate,
            Username = username,
            Password = user.Text("password"),
            Impersonation = ActingFor(),
        };
    }

    private string? Token()
    {
        var token = user.Text("token")?.Trim();
        if (token?.All(character => character is > ' ' and <= '~') == false)
        {
            user.Mistake("token", "has characters that no token has");
        }

        return token;
    }

    private TokenFile? FileToken(string? token) =>
        user.Text("tokenFile") is { } file && files.Resolve(user, "tokenFile", file) is { } path ? new TokenFile(path, time, token) : null;

    private ClientCertificate? ReadCertificate()
    {
        (Certificate, Key) = (files.Pem(user, "client-certificate"), files.Pem(user, "client-key"));
        if (Certificate is null || Key is null)
        {
            if (Certificate is not null || Key is not null)
            {
                user.Mistake("client-certificate", "certificate and key must be set together");
            }

            return null;
        }

        var certificate = ClientCertificate.Read(Certificate.Text, Key.Text, out var mistake);
        if (certificate is null)
        {
            user.Mistake("client-certificate", mistake);
        }
        else if (certificate.Expires < time.GetUtcNow() && !user.Has("token") && !user.Has("tokenFile"))
        {
            user.Mistake("client-certificate", $"expired on {certificate.Expires.ToUniversalTime():yyyy-MM-dd}");
        }

        return certificate;
    }

    private List<KeyValuePair<string, string>> ActingFor()
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (user.Text("as") is { } name)
        {
            headers.Add(new("Impersonate-User", name));
        }
        else if (Impersonation.Any(user.Has))
        {
            user.Mistake("as", "is required with as-uid, as-groups and as-user-extra");
        }

        headers.AddRange(user.Texts("as-groups").Select(group => KeyValuePair.Create("Impersonate-Group", group)));
        if (user.Text("as-uid") is { } uid)
        {
            headers.Add(new("Impersonate-Uid", uid));
        }

        headers.AddRange(user.Lists("as-user-extra").SelectMany(extra =>
            extra.Values.Select(value => KeyValuePair.Create("Impersonate-Extra-" + Uri.EscapeDataString(extra.Key.ToLowerInvariant()), value))));
        if (headers.Any(header => header.Value.Length == 0 || !header.Value.All(character => character is >= ' ' and <= '~')))
        {
            user.Mistake("as", "and the fields that go with it must be ASCII: they are sent as headers");
        }

        return headers;
    }

    private RenewingCredential? Exec(KubeconfigSection exec, Func<JsonObject> describe, PemSource? authority)
    {
        if (!options.AllowExec)
        {
            user.Mistake("exec", "runs a program; to allow it, set allow-exec for this cluster");
            return null;
        }

        exec.AllowOnly("apiVersion", "command", "args", "env", "interactiveMode", "provideClusterInfo", "installHint");
        if (exec.Required("apiVersion") is { } version and not ("client.authentication.k8s.io/v1" or "client.authentication.k8s.io/v1beta1"))
        {
            exec.Mistake("apiVersion", $"{Disclosure.Of(version, 64)} is not supported; allowed: client.authentication.k8s.io/v1, client.authentication.k8s.io/v1beta1");
        }

        if (exec.Text("interactiveMode") == "Always")
        {
            exec.Mistake("interactiveMode", "Always is not supported: the operator cannot answer prompts");
        }

        var plugin = new ExecPlugin
        {
            Command = Command(exec),
            ApiVersion = exec.Text("apiVersion") ?? "",
            Arguments = exec.Texts("args"),
            Environment = [.. exec.Sections("env").Select(entry => KeyValuePair.Create(entry.Required("name") ?? "", entry.Text("value") ?? ""))],
            Inherited = new ExecEnvironment(options.ExecEnvironment),
            Cluster = exec.Flag("provideClusterInfo") ? describe() : null,
            Authority = authority,
            InstallHint = exec.Text("installHint") ?? "",
        };
        return new RenewingCredential(token => plugin.RunAsync(time, token), time);
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
