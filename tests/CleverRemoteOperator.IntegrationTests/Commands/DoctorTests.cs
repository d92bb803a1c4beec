using CleverRemoteOperator.Commands.Rbac;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.IntegrationTests.Commands;

/// <summary><c>doctor</c> as a process of its own.</summary>
public sealed class DoctorTests(ApiServers servers)
{
    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task What_is_in_order_ends_with_0_and_a_cluster_that_does_not_answer_or_an_account_that_is_refused_with_1(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await scenario.StartAsync();
        await scenario.ApplyAsync(Manifests.Credentials(Manifests.Toml(scenario.Clever.Address, "other-token", "other-secret", Scenario.OtherOrganisation)));
        var environment = scenario.EnvironmentWithClusters();

        var lines = await RunAsync(scenario, environment, 0);

        Assert.Contains(lines, line => line.StartsWith("ok\tcluster east\tconnection\tv1.", StringComparison.Ordinal));
        // A server that is cut down to its library has no authorization to ask about.
        Assert.Contains(lines, line => line.StartsWith("ok\tcluster east\trights\tall ", StringComparison.Ordinal) || (kind == ServerKind.Real && line.StartsWith("note\tcluster east\trights\t", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith($"ok\tcluster east\tlease\tLease {scenario.Namespace}/clever-remote-operator is held by ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"ok\taccount of the operator\torganisation\t{Scenario.Organisation}, 0 add-ons", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"ok\taccount of namespace east/{scenario.Namespace}\torganisation\t{Scenario.OtherOrganisation}", StringComparison.Ordinal));

        environment["CLEVER_OPERATOR_CLUSTERS_NORTH_KUBECONFIG"] = scenario.Cluster.Kubeconfig(through: new Uri($"https://127.0.0.1:{FreePort.Take()}"));
        environment["CLEVER_OPERATOR_API_SECRET"] = "wrong-secret";
        lines = await RunAsync(scenario, environment, 1);

        Assert.Contains(lines, line => line.StartsWith("FAIL\tcluster north\tconnection\tNoConnection: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("FAIL\taccount of the operator\tauthentication\t", StringComparison.Ordinal) && line.EndsWith(": renew token and secret", StringComparison.Ordinal));
        Assert.EndsWith(" 2 failed: cluster north, account of the operator", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Whom_rights_are_missing_gets_them_as_manifests_that_grant_them(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_CLUSTERS_EAST_KUBECONFIG"] = scenario.Cluster.Kubeconfig(ClusterUser.Viewer);
        var process = scenario.Start(environment, "doctor");
        var code = await process.ExitAsync();
        Assert.SkipWhen(
            kind == ServerKind.Real && !process.Output.Contains(" missing", StringComparison.Ordinal), "This API server has no RBAC: it allows everything, or does not tell.");

        Assert.Equal(1, code);
        Assert.Contains("FAIL\tcluster east\trights\t", process.Output, StringComparison.Ordinal);
        var manifests = process.Output[process.Output.IndexOf("---\n", StringComparison.Ordinal)..process.Output.LastIndexOf('\n')];
        Assert.Contains($"name: {RbacManifest.Name}-missing", manifests, StringComparison.Ordinal);
        if (kind == ServerKind.Real)
        {
            await scenario.Cluster.Api.ApplyAsync(manifests);
            Assert.Contains(await RunAsync(scenario, environment, 0), line => line.StartsWith("ok\tcluster east\trights\tall ", StringComparison.Ordinal));
        }
    }

    private static async Task<string[]> RunAsync(Scenario scenario, IReadOnlyDictionary<string, string> environment, int expected)
    {
        var process = scenario.Start(environment, "doctor");
        var code = await process.ExitAsync();
        Assert.True(code == expected, $"exit code {code}:\n{process.Output}");
        return process.Output.TrimEnd().Split('\n');
    }
}
