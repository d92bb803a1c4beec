using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.IntegrationTests.Servers;
using static CleverRemoteOperator.IntegrationTests.Connections.KubeconfigText;

namespace CleverRemoteOperator.IntegrationTests.Connections;

/// <summary>Certificates no server of .NET can show: a kube-apiserver shows each by its name.</summary>
public sealed class ServedCertificateTests
{
    [Fact]
    public async Task A_chain_in_any_order_and_an_Ed25519_key_are_taken_as_kubectl_takes_them()
    {
        Assert.SkipWhen(RealApiServer.MissingBecause is not null, RealApiServer.MissingBecause ?? "");
        var folder = Directory.CreateTempSubdirectory("served-").FullName;
        var root = Authority.Root(key: "rsa2048");
        var upper = root.Below("upper");
        var lower = upper.Below("lower");
        Serve(folder, lower, "reversed", leaf => leaf + upper.Pem + lower.Pem);
        Serve(folder, lower, "whole", leaf => leaf + lower.Pem + upper.Pem + root.Pem + leaf);
        await using (var shell = new ConnectionLab(null!))
        {
            await shell.ShellAsync(
                $"openssl req -x509 -newkey ed25519 -nodes -keyout {folder}/ed25519.key -out {folder}/ed25519.crt -subj /CN=x -days 3650 -addext subjectAltName=DNS:ed25519.example 2> /dev/null");
        }

        string[] names = ["reversed", "whole", "ed25519"];
        await using var server = await RealApiServer.StartAsync(
            "served", null, [.. names.SelectMany(name => new[] { "--tls-sni-cert-key", $"{folder}/{name}.crt,{folder}/{name}.key:{name}.example" })]);
        foreach (var name in names)
        {
            await using var lab = new ConnectionLab(server);
            var given = name == "ed25519" ? await File.ReadAllTextAsync(Path.Combine(folder, "ed25519.crt")) : root.Pem;
            await File.WriteAllTextAsync(lab.Kubeconfig, Of(Cluster(server.Address, given, ("tls-server-name", name + ".example")), lab.TokenUser));
            Assert.Equal((name, null, null), (name, await lab.OursAsync(), await lab.KubectlAsync()));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void Serve(string folder, Authority issuer, string name, Func<string, string> along)
    {
        var leaf = issuer.Issue([name + ".example"]);
        File.WriteAllText(Path.Combine(folder, name + ".crt"), along(leaf.ExportCertificatePem() + "\n"));
        File.WriteAllText(Path.Combine(folder, name + ".key"), leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }
}
