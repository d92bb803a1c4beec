using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using static CleverRemoteOperator.IntegrationTests.Connections.ConnectionCase;
using static CleverRemoteOperator.IntegrationTests.Connections.KubeconfigText;

namespace CleverRemoteOperator.IntegrationTests.Connections;

/// <summary>Shapes of <c>client-certificate</c> and <c>client-key</c>.</summary>
internal static class ClientCertificateCases
{
    private const string NoPair = "client-certificate: is not a certificate (PEM) with the unencrypted key that belongs to it";

    public static readonly IReadOnlyDictionary<string, ConnectionCase> All = new Dictionary<string, ConnectionCase>
    {
        ["RSA key as PKCS#1"] = Taken(lab => Issued(lab, "rsa2048", own => own.GetRSAPrivateKey()!.ExportRSAPrivateKeyPem())),
        ["RSA key as PKCS#8"] = Taken(lab => Issued(lab, "rsa2048", own => own.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem())),
        ["P-256 key as SEC 1"] = Taken(lab => Issued(lab, "p256", own => own.GetECDsaPrivateKey()!.ExportECPrivateKeyPem())),
        ["P-256 key as PKCS#8"] = Taken(lab => Issued(lab, "p256", Key)),
        ["P-384 key as PKCS#8"] = Taken(lab => Issued(lab, "p384", Key)),
        ["P-521 key as SEC 1"] = Taken(lab => Issued(lab, "p521", own => own.GetECDsaPrivateKey()!.ExportECPrivateKeyPem())),
        ["key behind its parameters, as openssl ecparam -genkey writes it"] = Taken(lab => Issued(lab, "p256",
            own => "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + own.GetECDsaPrivateKey()!.ExportECPrivateKeyPem())),
        ["Ed25519 key"] = OnPurpose("has an Ed25519 or Ed448 key, which is not supported; use an ECDSA (P-256) or RSA key", Ed25519),
        ["encrypted key"] = Neither("has an encrypted key; decrypt it", lab => Issued(lab, "p256",
            own => own.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10)))),
        ["key of another certificate"] = Neither(NoPair, lab => Issued(lab, "p256", _ => Key(Authority.Root().Issue([])))),
        ["certificate as key"] = Neither("has no key: client-key contains no PEM private key", lab => Issued(lab, "p256", own => own.ExportCertificatePem())),
        ["certificate of an intermediate that stands behind it"] = Taken(lab => OfIntermediate(lab, isWhole: true)),
        ["certificate of an intermediate alone"] = Neither("client certificate", lab => OfIntermediate(lab, isWhole: false)),
        ["certificate and key in one file"] = Taken(OneFile),
        ["files beside the kubeconfig"] = Taken(Files),
        ["files that are not allowed"] = OnPurpose("client-certificate: refers to a file; to allow it, set allow-files for this cluster", Files) with { IsAllowed = false },
        ["a file that is not there"] = Neither("which does not exist", async lab =>
        {
            await Files(lab);
            File.Delete(Path.Combine(lab.Folder, "mine.crt"));
            return await File.ReadAllTextAsync(lab.Write("again", await Files(lab, write: false)));
        }),
        ["expired certificate"] = Neither("client-certificate: expired on 2021-02-03", lab => Issued(lab, "p256", Key, until: new(2021, 2, 3, 0, 0, 0, TimeSpan.Zero))),
        ["certificate of an authority the server does not know"] = Neither("client certificate", lab => Issued(lab, "p256", Key, clients: Authority.Root("theirs"))),
        ["none where one is asked for"] = Neither("client certificate", async lab =>
        {
            var root = Authority.Root();
            return Of(Cluster((await lab.FrontAsync(root.Issue(["127.0.0.1"]), clients: root.Certificate)).Address, root.Pem), lab.TokenUser);
        }),
        ["certificate and token"] = Taken(lab => Issued(lab, "p256", Key, more: $", token: {lab.Token}")),
        ["certificate and wrong token"] = Neither("GET /api/v1/namespaces/default: 40", lab => Issued(lab, "p256", Key, more: ", token: wrong")),
        ["certificate where none is asked for"] = Taken(async lab =>
        {
            var root = Authority.Root();
            var own = root.Issue([], forClients: true);
            return Of(Cluster((await lab.FrontAsync(root)).Address, root.Pem), User(own.ExportCertificatePem(), Key(own), $", token: {lab.Token}"));
        }),
        ["key without certificate"] = OnPurpose("client-certificate: certificate and key must be set together", async lab =>
        {
            var root = Authority.Root();
            return Of(Cluster((await lab.FrontAsync(root)).Address, root.Pem), $"{{client-key-data: {Base64(Key(root.Issue([])))}, token: {lab.Token}}}");
        }),
    };

    private static string Key(X509Certificate2 own) => own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    private static string User(string certificate, string key, string more = "") =>
        $"{{client-certificate-data: {Base64(certificate)}, client-key-data: {Base64(key)}{more}}}";

    private static async Task<string> Issued(
        ConnectionLab lab, string key, Func<X509Certificate2, string> export, DateTimeOffset? until = null, Authority? clients = null, string more = "")
    {
        var root = Authority.Root();
        var own = root.Issue([], key, until: until, forClients: true, subject: "CN=operator");
        var front = await lab.FrontAsync(root.Issue(["127.0.0.1"]), clients: (clients ?? root).Certificate);
        return Of(Cluster(front.Address, root.Pem), User(own.ExportCertificatePem(), export(own), more));
    }

    private static async Task<string> OfIntermediate(ConnectionLab lab, bool isWhole)
    {
        var root = Authority.Root();
        var between = root.Below("between");
        var own = between.Issue([], forClients: true);
        var front = await lab.FrontAsync(root.Issue(["127.0.0.1"]), clients: root.Certificate);
        return Of(Cluster(front.Address, root.Pem), User(own.ExportCertificatePem() + "\n" + (isWhole ? between.Pem : ""), Key(own)));
    }

    private static async Task<string> OneFile(ConnectionLab lab)
    {
        var root = Authority.Root();
        var own = root.Issue([], forClients: true);
        var file = lab.Write("mine.pem", Key(own) + "\n" + own.ExportCertificatePem());
        var front = await lab.FrontAsync(root.Issue(["127.0.0.1"]), clients: root.Certificate);
        return Of(Cluster(front.Address, root.Pem), $"{{client-certificate: {file}, client-key: {file}}}");
    }

    private static Task<string> Files(ConnectionLab lab) => Files(lab, write: true);

    private static async Task<string> Files(ConnectionLab lab, bool write)
    {
        var root = Authority.Root();
        if (write)
        {
            var own = root.Issue([], forClients: true);
            lab.Write("mine.crt", own.ExportCertificatePem());
            lab.Write("mine.key", Key(own));
            lab.Write("ca.crt", root.Pem);
        }

        var front = await lab.FrontAsync(root.Issue(["127.0.0.1"]), clients: root.Certificate);
        return Of(Cluster(front.Address, null, ("certificate-authority", "ca.crt")), "{client-certificate: ./mine.crt, client-key: mine.key}");
    }

    private static async Task<string> Ed25519(ConnectionLab lab)
    {
        await lab.ShellAsync("openssl req -x509 -newkey ed25519 -nodes -keyout mine.key -out mine.crt -subj /CN=operator -days 3650 2> /dev/null");
        var root = Authority.Root();
        var front = await lab.FrontAsync(root.Issue(["127.0.0.1"]), clients: X509Certificate2.CreateFromPem(lab.Read("mine.crt")));
        return Of(Cluster(front.Address, root.Pem), User(lab.Read("mine.crt"), lab.Read("mine.key")));
    }
}
