using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using static CleverRemoteOperator.IntegrationTests.Connections.ConnectionCase;
using static CleverRemoteOperator.IntegrationTests.Connections.KubeconfigText;

namespace CleverRemoteOperator.IntegrationTests.Connections;

/// <summary>Shapes of a kubeconfig's text, and of its server and proxy.</summary>
internal static class KubeconfigCases
{
    public static readonly IReadOnlyDictionary<string, ConnectionCase> All = new Dictionary<string, ConnectionCase>
    {
        ["YAML"] = Taken(lab => Text(lab, text => text)),
        ["JSON"] = Taken(lab => Json(lab, indented: false)),
        ["JSON on many lines, with tabs"] = Taken(lab => Json(lab, indented: true)),
        ["a divider at its end"] = Taken(lab => Text(lab, text => text + "---\n")),
        ["a divider at its start"] = Taken(lab => Text(lab, text => "---\n" + text)),
        ["an end mark"] = Taken(lab => Text(lab, text => text + "...\n")),
        ["two documents"] = OnPurpose("more than one YAML document", lab => Text(lab, text => text + "---\na: 1\n")),
        ["Windows line ends"] = Taken(lab => Text(lab, text => text.ReplaceLineEndings("\r\n"))),
        ["a byte order mark"] = Taken(lab => Text(lab, text => text)) with { Encoding = new UTF8Encoding(true) },
        ["UTF-16, as PowerShell writes it"] = Taken(lab => Text(lab, text => text)) with { Encoding = new UnicodeEncoding(false, true) },
        ["UTF-16 with the other byte first"] = Taken(lab => Text(lab, text => text)) with { Encoding = new UnicodeEncoding(true, true) },
        ["kind and apiVersion left out"] = Taken(lab => Text(lab, text => text.Replace("apiVersion: v1\nkind: Config\n", "", StringComparison.Ordinal))),
        ["another kind"] = Neither("kind: is not a kubeconfig", lab => Text(lab, text => text.Replace("kind: Config", "kind: Pod", StringComparison.Ordinal))),
        ["another apiVersion"] = Neither("kind: is not a kubeconfig", lab => Text(lab, text => text.Replace("apiVersion: v1", "apiVersion: v2", StringComparison.Ordinal))),
        ["a key nobody knows"] = OnPurpose("foo: unknown key", lab => Text(lab, text => text + "foo: bar\n")),
        ["a key that is there twice"] = OnPurpose("duplicate key", lab => Text(lab, text => text + "current-context: main\n")),
        ["an alias"] = OnPurpose("YAML aliases are not allowed", lab => Text(lab, text => text + "preferences: &a {colors: true}\nextensions: [{name: a, extension: *a}]\n")),
        ["a name that is there twice"] = Neither("users: the name me is there 2 times", lab => Text(lab, text => text.TrimEnd() + "\n- name: me\n  user: {token: x}\n")),
        ["preferences and extensions"] = Taken(lab => Text(lab, text => text + "preferences: {colors: true}\nextensions: [{name: a, extension: {b: 1}}]\n")),
        ["extensions of a cluster, and compression off"] = Taken(lab => Server(lab, uri => uri, ("extensions", JsonNode.Parse("""[{"name":"a","extension":{"provider":"minikube"}}]""")!), ("disable-compression", true))),
        ["no current context"] = Neither("current-context: is missing", lab => Text(lab, text => text.Replace("current-context: main\n", "", StringComparison.Ordinal))),
        ["a context that is not there"] = Neither("contexts: other does not exist; defined: main", lab => Text(lab, text => text.Replace("current-context: main", "current-context: other", StringComparison.Ordinal))),
        ["true in another word of YAML"] = Taken(async lab => Of(
            Cluster((await lab.FrontAsync(Authority.Root(), "p256")).Address, null), lab.TokenUser).Replace("\"}", "\", insecure-skip-tls-verify: yes}", StringComparison.Ordinal)),

        ["authority without padding"] = Neither("certificate-authority-data: is truncated base64, or lacks its padding (=)", lab => Authorities(lab, base64 => base64.TrimEnd('='))),
        ["authority in base64 for URLs"] = Neither("certificate-authority-data: is URL-safe base64 (- and _)", lab => Authorities(lab, base64 => base64.Insert(8, "-_-_"))),
        ["authority in quotes of its own"] = Neither("certificate-authority-data: is base64 inside quotes", lab => Authorities(lab, base64 => $"\"{base64}\"")),
        ["authority on many lines"] = Taken(lab => Authorities(lab, base64 => string.Join('\n', base64.Chunk(76).Select(line => new string(line))))),
        ["authority with blanks"] = Lenient(lab => Authorities(lab, base64 => base64.Insert(76, " "))),
        ["authority as PEM"] = Neither("certificate-authority-data: is PEM; encode it as base64", lab => Authorities(lab, base64 => Encoding.UTF8.GetString(Convert.FromBase64String(base64)))),
        ["authority that is no PEM"] = Neither("certificate-authority: contains no PEM certificate", lab => Authorities(lab, _ => "aGVsbG8=")),
        ["authority as DER"] = Neither("certificate-authority: contains no PEM certificate", lab => Authorities(lab, _ => Convert.ToBase64String(Authority.Root().Certificate.RawData))),

        ["a server in capitals"] = Taken(lab => Server(lab, uri => $"HTTPS://LOCALHOST:{new Uri(uri).Port}")),
        ["a server with a slash"] = Taken(lab => Server(lab, uri => uri + "/")),
        ["a server below a path"] = Taken(lab => Server(lab, uri => uri + TlsFront.Prefix)) with { IsRaw = false },
        ["a server below a path, with a slash"] = Taken(lab => Server(lab, uri => uri + TlsFront.Prefix + "/")) with { IsRaw = false },
        ["a server by IPv6"] = Taken(V6),
        ["a server without scheme"] = Neither("server: must be an address like https://host:6443", lab => Server(lab, uri => uri["https://".Length..])),
        ["a server with a query"] = OnPurpose("server: must be an address like https://host:6443, without user, query or fragment", lab => Server(lab, uri => uri + "/?a=b")),
        ["a server with a fragment"] = OnPurpose("server: must be an address like https://host:6443, without user, query or fragment", lab => Server(lab, uri => uri + "/#b")),
        ["a server with blanks around"] = Lenient(lab => Server(lab, uri => $" {uri} ")),
        ["no server"] = Neither("server: is missing", lab => Server(lab, _ => "")),

        ["an HTTP proxy"] = Taken(lab => Proxied(lab, "http", null)),
        ["an HTTP proxy that asks who we are"] = Taken(lab => Proxied(lab, "http", "jane:p%40ss", "jane:p@ss")),
        ["an HTTP proxy that does not know us"] = Neither("the proxy cannot connect to 127.0.0.1:", lab => Proxied(lab, "http", null, "jane:pass")),
        ["a SOCKS 5 proxy"] = Taken(lab => Proxied(lab, "socks5", null)),
        ["a SOCKS 5 proxy that asks who we are"] = Taken(lab => Proxied(lab, "socks5", "jane:pass", "jane:pass")),
        ["a SOCKS 5 proxy that does not know us"] = Neither("the proxy: it requires a user and password", lab => Proxied(lab, "socks5", null, "jane:pass")),
        ["a proxy of another sort"] = Neither("proxy-url: must be an address like http://host:3128; allowed: http, https, socks5", lab => Proxied(lab, "ftp", null)),
        ["a proxy and tls-server-name"] = Taken(lab => Proxied(lab, "http", null, null, ("tls-server-name", "localhost"))),
        ["a proxy that is not there"] = Neither("no connection to 127.0.0.1:1: Connection refused", lab => Server(lab, uri => uri, ("proxy-url", "http://127.0.0.1:1"))),
    };

    private static Task<string> Text(ConnectionLab lab, Func<string, string> change) => Task.FromResult(change(Of(Cluster(lab.Server.Address, lab.Server.AuthorityPem), lab.TokenUser)));

    private static Task<string> Authorities(ConnectionLab lab, Func<string, string> change)
    {
        // One byte more than a multiple of three, so that there is padding to lose.
        var pem = lab.Server.AuthorityPem.TrimEnd();
        pem += new string('\n', 4 - (pem.Length % 3));
        return Task.FromResult(Of(Cluster(lab.Server.Address, null, ("certificate-authority-data", change(Base64(pem)))), lab.TokenUser));
    }

    private static Task<string> Server(ConnectionLab lab, Func<string, string> change, params (string, JsonNode)[] more) => WithFront(lab, front =>
        (change(front.Address.AbsoluteUri.TrimEnd('/')), more));

    private static async Task<string> WithFront(ConnectionLab lab, Func<TlsFront, (string Server, (string, JsonNode)[] More)> change)
    {
        var root = Authority.Root();
        var front = await lab.FrontAsync(root, "p256");
        var (server, more) = change(front);
        var cluster = Cluster(front.Address, root.Pem, more);
        cluster["server"] = server;
        return Of(cluster, lab.TokenUser);
    }

    private static async Task<string> V6(ConnectionLab lab)
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "This machine has no IPv6.");
        var root = Authority.Root();
        var front = await lab.FrontAsync(root.Issue(["::1"]), listen: IPAddress.IPv6Loopback);
        return Of(Cluster(front.Address, root.Pem), lab.TokenUser);
    }

    private static Task<string> Proxied(ConnectionLab lab, string scheme, string? user, string? asked = null, params (string, JsonNode)[] more)
    {
        var (_, address) = lab.Proxy(asked);
        return Server(lab, uri => uri, [("proxy-url", $"{scheme}://{(user is null ? "" : user + "@")}{address}"), .. more]);
    }

    private static Task<string> Json(ConnectionLab lab, bool indented)
    {
        var config = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["current-context"] = "main",
            ["contexts"] = new JsonArray(new JsonObject { ["name"] = "main", ["context"] = new JsonObject { ["cluster"] = "here", ["user"] = "me" } }),
            ["clusters"] = new JsonArray(new JsonObject { ["name"] = "here", ["cluster"] = Cluster(lab.Server.Address, lab.Server.AuthorityPem) }),
            ["users"] = new JsonArray(new JsonObject { ["name"] = "me", ["user"] = new JsonObject { ["token"] = lab.Token } }),
        };
        return Task.FromResult(config.ToJsonString(new() { WriteIndented = indented, IndentCharacter = '\t', IndentSize = 1 }));
    }
}
