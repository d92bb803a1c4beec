using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.IntegrationTests.Connections;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>Credentials of a cluster that end and are renewed while it is served: nobody notices.</summary>
public sealed class RenewedCredentialsTests(ApiServers servers)
{
    private static readonly TimeSpan SeveralRenewals = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_program_slower_than_any_request_is_run_to_its_end_and_once_for_each_token()
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(RealApiServer.MissingBecause is null ? ServerKind.Real : ServerKind.Sandbox, "east"));
        var runs = Path.Combine(scenario.Folder, "runs");
        var program = Path.Combine(scenario.Folder, "credentials");
        await File.WriteAllTextAsync(
            program,
            $$$"""
            echo start >> {{{runs}}}
            sleep 6
            printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"%s","expirationTimestamp":"%s"}}' "$TOKEN" "$(date -u -d '+36 seconds' +%Y-%m-%dT%H:%M:%SZ)"
            echo end >> {{{runs}}}
            """,
            TestContext.Current.CancellationToken);
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_CLUSTERS_EAST_KUBECONFIG"] = KubeconfigText.Of(
            KubeconfigText.Cluster(scenario.Cluster.Address, scenario.Cluster.AuthorityPem),
            $"{{exec: {{apiVersion: client.authentication.k8s.io/v1, command: /bin/sh, args: [{program}], env: [{{name: TOKEN, value: {scenario.Cluster.Token(ClusterUser.Admin)}}}]}}}}");
        environment["CLEVER_OPERATOR_CLUSTERS_EAST_ALLOW_EXEC"] = "true";
        var process = await scenario.StartAsync(environment);

        await Eventually(() => Runs(runs, "end") >= 3, process);
        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("a")));

        Assert.InRange(Runs(runs, "start") - Runs(runs, "end"), 0, 1);
        IsUndisturbed(process);
    }

    [Fact]
    public async Task Certificates_and_authorities_whose_files_are_replaced_are_taken_up_without_an_outage()
    {
        var cluster = await servers.GetAsync(RealApiServer.MissingBecause is null ? ServerKind.Real : ServerKind.Sandbox, "east");
        await using var scenario = await Scenario.CreateAsync(cluster);
        var (before, now) = (Authority.Root("before"), Authority.Root("now"));
        await using var front = await TlsFront.StartAsync(cluster, before.Issue(["127.0.0.1"]), clientAuthority: before.Certificate);
        Write(scenario, before, before.Pem);
        var path = Path.Combine(scenario.Folder, "east.yaml");
        await File.WriteAllTextAsync(
            path, KubeconfigText.Of(KubeconfigText.Cluster(front.Address, null, ("certificate-authority", "ca.crt")), "{client-certificate: mine.crt, client-key: mine.key}"));
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_CLUSTERS_EAST_KUBECONFIG_PATH"] = path;
        environment["CLEVER_OPERATOR_CLUSTERS_EAST_ALLOW_FILES"] = "true";
        var process = await scenario.StartAsync(environment);

        // As it is done: trust both, then show the new ones, then trust only the new.
        Write(scenario, before, before.Pem + now.Pem);
        await Eventually(() => front.ServerNames.Count >= 2, process);
        front.ClientAuthority = now.Certificate;
        front.Show(now.Issue(["127.0.0.1"]));
        Write(scenario, now, now.Pem);
        await Eventually(() => front.Requests.Any(request => request.Client == "CN=now"), process);
        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("a")));
        IsUndisturbed(process);
    }

    private static int Runs(string file, string line) => File.Exists(file) ? File.ReadLines(file).Count(found => found == line) : 0;

    private static void Write(Scenario scenario, Authority authority, string trusted)
    {
        var own = authority.Issue([], forClients: true, subject: authority.Certificate.Subject);
        File.WriteAllText(Path.Combine(scenario.Folder, "mine.crt"), own.ExportCertificatePem());
        File.WriteAllText(Path.Combine(scenario.Folder, "mine.key"), own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        // Last: what trusts only the new must not be tried with the old certificate.
        File.WriteAllText(Path.Combine(scenario.Folder, "ca.crt"), trusted);
    }

    private static void IsUndisturbed(OperatorProcess process) => Assert.DoesNotContain(
        process.Output.Split('\n').SkipWhile(line => !line.Contains("east: Synced", StringComparison.Ordinal)),
        line => new[] { " WRN ", " ERR ", "probe failed", "Unreachable", "Unauthorized", "Degraded", "connected, from", "stopping" }.Any(part => line.Contains(part, StringComparison.Ordinal)));

    private static async Task Eventually(Func<bool> isSo, OperatorProcess process)
    {
        using var deadline = new CancellationTokenSource(SeveralRenewals);
        while (!isSo())
        {
            Assert.False(deadline.IsCancellationRequested, process.Output);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }
}
