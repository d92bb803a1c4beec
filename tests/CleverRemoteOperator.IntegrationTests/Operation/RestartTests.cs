using System.Text.Json.Nodes;
using CleverRemoteOperator.Commands.Rbac;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>What reads a connection Secret restarts when its content changes.</summary>
public sealed class RestartTests(ApiServers servers)
{
    private const string Annotation = "api.clever-cloud.com/secret-checksum";

    [Theory]
    [InlineData(ServerKind.Sandbox, true)]
    [InlineData(ServerKind.Sandbox, false)]
    [InlineData(ServerKind.Real, true)]
    [InlineData(ServerKind.Real, false)]
    public async Task A_changed_password_restarts_what_reads_the_Secret_if_that_right_was_granted(ServerKind kind, bool isGranted)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await using var proxy = await FaultProxy.StartAsync(scenario.Cluster);
        var rights = new GrantedRights(new RbacManifest().ClusterWide(scenario.Namespace) + (isGranted ? RbacManifest.Restart([]) : ""));
        proxy.Add(request => rights.Refusal(request) is not null, http => FaultProxy.Refuse(403, "Forbidden", rights.Refusal(http.Request)!)(http));
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_CLUSTERS_PROXY_KUBECONFIG"] = proxy.Kubeconfig();
        environment["CLEVER_OPERATOR_OPERATOR_ENVIRONMENT_REFRESH"] = "2s";
        var process = scenario.Start(environment);
        await process.ReadyAsync();
        await process.SyncedAsync("proxy");
        // An API server assembled for tests has no workloads: there it is told that they are not found, and nothing else fails either.
        var hasWorkloads = await scenario.Cluster.Api.GetAsync("/apis/apps/v1") is not null;
        var isRestarted = isGranted && hasWorkloads;
        string[] workloads = hasWorkloads ? [await scenario.ApplyAsync(Deployment("shop", "orders")), await scenario.ApplyAsync(Deployment("other", "another"))] : [];
        var path = await scenario.ApplyAsync(Manifests.PostgreSql("orders").Replace("version: 17", "version: 17, secret: {restart: Consumers}", StringComparison.Ordinal));
        await scenario.ReadyAsync(path);
        Assert.All(await RestartedForAsync(scenario, workloads), Assert.Null);

        SuiteSecrets.Add("rotated-for-the-restart");
        scenario.Clever.Addons.Change(
            Assert.Single(scenario.Clever.Addons.All), now => now with { EnvironmentChanges = new Dictionary<string, string?> { ["POSTGRESQL_ADDON_PASSWORD"] = "rotated-for-the-restart" } });
        await scenario.UntilAsync(scenario.Secret("orders"), secret => secret.Data().GetValueOrDefault("POSTGRESQL_ADDON_PASSWORD") == "rotated-for-the-restart");
        var checksum = (string?)(await scenario.Cluster.Api.GetAsync(scenario.Secret("orders")))!["metadata"]!["annotations"]!["api.clever-cloud.com/checksum"];
        await scenario.UntilAsync(path, resource => resource.IsReady() && resource.StatusField("restartedFor") == checksum);

        Assert.Equal(hasWorkloads ? [isRestarted ? checksum : null, null] : [], await RestartedForAsync(scenario, workloads));
        Assert.Contains(
            (await scenario.Cluster.Api.GetAsync($"/api/v1/namespaces/{scenario.Namespace}/events"))!["items"]!.AsArray(),
            told => (string?)told!["reason"] == (isRestarted ? "Restarted" : "RestartFailed") && ((string)told["message"]!).Contains(isRestarted ? "Deployment/shop" : "deployments", StringComparison.Ordinal));
    }

    private static async Task<List<string?>> RestartedForAsync(Scenario scenario, string[] workloads)
    {
        List<string?> checksums = [];
        foreach (var path in workloads)
        {
            checksums.Add((string?)((await scenario.Cluster.Api.GetAsync(path))!["spec"]!["template"]!["metadata"]!["annotations"] as JsonObject)?[Annotation]);
        }

        return checksums;
    }

    private static string Deployment(string name, string secret) => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{name}}}
        spec:
          selector: {matchLabels: {app: {{name}} } }
          template:
            metadata: {labels: {app: {{name}} } }
            spec:
              containers:
              - name: main
                image: example.com/{{name}}
                envFrom:
                - secretRef: {name: {{secret}} }
        """;
}
