using System.Text.Json.Nodes;
using static CleverRemoteOperator.IntegrationTests.Connections.ConnectionCase;
using static CleverRemoteOperator.IntegrationTests.Connections.KubeconfigText;

namespace CleverRemoteOperator.IntegrationTests.Connections;

/// <summary>Shapes of a server's certificate and of <c>certificate-authority-data</c>.</summary>
internal static class ServerCertificateCases
{
    private static readonly DateTimeOffset Past = new(2021, 2, 3, 0, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyDictionary<string, ConnectionCase> All = new Dictionary<string, ConnectionCase>
    {
        ["root signs the server"] = Taken(lab => With(lab, Chain(0), [], chain => chain[0].Pem)),
        ["intermediate is sent"] = Taken(lab => With(lab, Chain(1), [1], chain => chain[0].Pem)),
        ["two intermediates are sent"] = Taken(lab => With(lab, Chain(2), [2, 1], chain => chain[0].Pem)),
        ["intermediate is not sent but given with the root"] = Taken(lab => With(lab, Chain(1), [], chain => chain[0].Pem + chain[1].Pem)),
        ["intermediate is neither sent nor given"] = Neither("is signed by CN=intermediate 1, which is not among certificate-authority(-data)", lab => With(lab, Chain(1), [], chain => chain[0].Pem)),
        ["intermediate alone is given"] = Taken(lab => With(lab, Chain(1), [], chain => chain[1].Pem)),
        ["intermediate alone is given and sent"] = Taken(lab => With(lab, Chain(1), [1], chain => chain[1].Pem)),
        ["upper of two intermediates is given"] = Taken(lab => With(lab, Chain(2), [2], chain => chain[1].Pem)),
        ["lower of two intermediates is given"] = Taken(lab => With(lab, Chain(2), [2, 1], chain => chain[2].Pem)),
        ["an impostor of the given intermediate"] = Neither("the server's certificate or TLS is not accepted", lab => With(lab, [Chain(1)[1].Impostor()], [], _ => Chain(1)[1].Pem)),
        ["an impostor of the given root"] = Neither("the server's certificate or TLS is not accepted", lab => With(lab, [Chain(0)[0].Impostor()], [], chain => Authority.Root().Pem)),
        ["cross-signed, old root given"] = Taken(lab => CrossSigned(lab, old: true)),
        ["cross-signed, new root given"] = Taken(lab => CrossSigned(lab, old: false)),
        ["the server's own certificate is given"] = Taken(lab => Own(lab, selfSigned: false)),
        ["a self-signed certificate is given"] = Taken(lab => Own(lab, selfSigned: true)),
        ["another certificate is given"] = Neither("which is not among certificate-authority(-data)", lab => With(lab, Chain(0), [], _ => Authority.Root("other").Pem)),
        ["none is given"] = Neither("which is not trusted by this machine; set certificate-authority-data", lab => With(lab, Chain(0), [], _ => null)),
        ["several are given, with text and other blocks between"] = Taken(lab => With(lab, Chain(0), [], chain =>
            $"Bag Attributes\r\n  friendlyName: x\n{Authority.Root("other").Pem}# mine\n-----BEGIN X509 CRL-----\naGVsbG8=\n-----END X509 CRL-----\n{chain[0].Pem}")),
        ["one that cannot be read among good ones"] = Taken(lab => With(lab, Chain(0), [], chain => $"-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n{chain[0].Pem}")),
        ["with Windows line ends"] = Taken(lab => With(lab, Chain(0), [], chain => chain[0].Pem.ReplaceLineEndings("\r\n"))),
        ["authority with RSA 2048"] = Taken(lab => With(lab, [Authority.Root(key: "rsa2048")], [], chain => chain[0].Pem, "rsa2048")),
        ["server with RSA 3072"] = Taken(lab => With(lab, Chain(0), [], chain => chain[0].Pem, "rsa3072")),
        ["server with P-384"] = Taken(lab => With(lab, Chain(0), [], chain => chain[0].Pem, "p384")),
        ["server with P-521"] = Taken(lab => With(lab, [Authority.Root(key: "p521")], [], chain => chain[0].Pem, "p521")),
        ["expired"] = Neither("it expired on 2021-02-03 (NotTimeValid)", lab => Issued(lab, root => root.Issue(["127.0.0.1"], until: Past))),
        ["not yet valid"] = Neither("it is not valid before 2089-01-01 (NotTimeValid)", lab => Issued(lab, root => root.Issue(["127.0.0.1"], from: new(2089, 1, 1, 0, 0, 0, TimeSpan.Zero), until: new(2089, 2, 1, 0, 0, 0, TimeSpan.Zero)))),
        ["expired intermediate"] = Neither("that of CN=between expired on 2021-02-03", lab => ExpiredBetween(lab)),
        ["expired root"] = Neither("clusters[0].cluster.certificate-authority: expired on 2021-02-03", lab => With(lab, [Authority.Root(until: Past)], [], chain => chain[0].Pem)),
        ["for another name"] = Neither("it is for api.example, not for 127.0.0.1", lab => Issued(lab, root => root.Issue(["api.example"]))),
        ["for this machine's name, asked by its address"] = Neither("it is for localhost, not for 127.0.0.1", lab => Issued(lab, root => root.Issue(["localhost"]))),
        ["with a name in its subject alone"] = Neither("it is for no DNS name (the subject alone does not count), not for 127.0.0.1", lab => Issued(lab, root => root.Issue([], subject: "CN=127.0.0.1"))),
        ["for clients only"] = Neither("NotValidForUsage", lab => Issued(lab, root => root.Issue(["127.0.0.1"], forClients: true))),
        ["tls-server-name"] = Taken(lab => Issued(lab, root => root.Issue(["api.example"]), ("tls-server-name", "api.example"))),
        ["tls-server-name under a wildcard"] = Taken(lab => Issued(lab, root => root.Issue(["*.apps.example"]), ("tls-server-name", "api.apps.example"))),
        ["tls-server-name two below a wildcard"] = Neither("it is for *.example, not for api.apps.example", lab => Issued(lab, root => root.Issue(["*.example"]), ("tls-server-name", "api.apps.example"))),
        ["tls-server-name that is not the certificate's"] = Neither("it is for 127.0.0.1, not for api.example", lab => Issued(lab, root => root.Issue(["127.0.0.1"]), ("tls-server-name", "api.example"))),
        ["insecure-skip-tls-verify"] = Taken(async lab => Of(Cluster((await lab.FrontAsync(Authority.Root(), "p256")).Address, null, ("insecure-skip-tls-verify", true)), lab.TokenUser)),
        ["insecure-skip-tls-verify not allowed"] = OnPurpose("insecure-skip-tls-verify: is refused; to allow it, set allow-insecure for this cluster",
            async lab => Of(Cluster((await lab.FrontAsync(Authority.Root(), "p256")).Address, null, ("insecure-skip-tls-verify", true)), lab.TokenUser)) with
        { IsAllowed = false },
        ["insecure-skip-tls-verify beside an authority"] = Neither("conflicts with certificate-authority",
            lab => Issued(lab, root => root.Issue(["127.0.0.1"]), ("insecure-skip-tls-verify", true))),
    };

    private static Authority[] Chain(int intermediates)
    {
        var chain = new List<Authority> { Authority.Root() };
        for (var number = 1; number <= intermediates; number++)
        {
            chain.Add(chain[^1].Below($"intermediate {number}"));
        }

        return [.. chain];
    }

    // The last of the chain signs the server's certificate.
    private static async Task<string> With(ConnectionLab lab, Authority[] chain, int[] sent, Func<Authority[], string?> given, string key = "p256")
    {
        var front = await lab.FrontAsync(chain[^1], key, [.. sent.Select(number => chain[number])]);
        return Of(Cluster(front.Address, given(chain)), lab.TokenUser);
    }

    private static async Task<string> Issued(ConnectionLab lab, Func<Authority, System.Security.Cryptography.X509Certificates.X509Certificate2> issue, params (string, JsonNode)[] more)
    {
        var root = Authority.Root();
        var front = await lab.FrontAsync(issue(root));
        return Of(Cluster(front.Address, root.Pem, more), lab.TokenUser);
    }

    private static async Task<string> ExpiredBetween(ConnectionLab lab)
    {
        var root = Authority.Root();
        var between = root.Below("between", until: Past);
        var front = await lab.FrontAsync(between.Issue(["127.0.0.1"], until: new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero)), [between.Certificate]);
        return Of(Cluster(front.Address, root.Pem), lab.TokenUser);
    }

    private static async Task<string> CrossSigned(ConnectionLab lab, bool old)
    {
        var (before, now) = (Authority.Root("before"), Authority.Root("now"));
        var front = await lab.FrontAsync(now, "p256", now.CrossSignedBy(before));
        return Of(Cluster(front.Address, (old ? before : now).Pem), lab.TokenUser);
    }

    private static async Task<string> Own(ConnectionLab lab, bool selfSigned)
    {
        var own = Authority.Root().Issue(["127.0.0.1"], selfSigned: selfSigned);
        return Of(Cluster((await lab.FrontAsync(own)).Address, own.ExportCertificatePem()), lab.TokenUser);
    }
}
