using System.Net;
using System.Text.RegularExpressions;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>What the operator shows of itself, and what it must not show.</summary>
public sealed partial class ObservabilityTests(ApiServers servers)
{
    private static readonly string[] NeedNoPermission = ["discovery", "version"];

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Its_pages_tell_of_clusters_and_resources(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var process = await scenario.StartAsync();
        await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis("a")));
        await scenario.HeldAsync(await scenario.ApplyAsync(Manifests.Redis("b", plan: "none")), "PlanNotAvailable");

        foreach (var page in new[] { "/", "/healthz", "/livez", "/readyz" })
        {
            Assert.Equal("ok\n", await process.PageAsync(page));
        }

        await process.UntilStatusAsync("east", status =>
            (int?)status!["resources"]!["Redis"]?["Ready"] == 1 && status["resources"]!["Redis"]!.AsObject().Sum(state => (int)state.Value!) == 2);
        Assert.Contains("clever_operator_cluster_state{cluster=\"east\",state=\"synced\"} 1", await process.PageAsync("/metrics"), StringComparison.Ordinal);
        Assert.Contains(await process.SamplesAsync("clever_operator_reconciliations_total"), sample => sample.Contains("result=\"terminal\"", StringComparison.Ordinal) || sample.Contains("result=\"failed\"", StringComparison.Ordinal));
        Assert.NotEmpty(await process.SamplesAsync("clever_operator_reconciliation_duration_seconds_bucket"));
        Assert.NotEmpty(await process.SamplesAsync("clever_operator_watch_age_seconds"));
        Assert.Contains(await process.SamplesAsync("clever_operator_clever_requests_total"), sample => sample.Contains("method=\"POST\"", StringComparison.Ordinal) && sample.Contains("status=\"200\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_port_of_the_probes_shows_nothing_else_when_metrics_have_their_own()
    {
        await using var scenario = await Scenario.CreateAsync();
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_OPERATOR_METRICS_LISTEN"] = $"127.0.0.1:{FreePort.Take()}";
        environment["CLEVER_OPERATOR_CLUSTERS_EAST_KUBECONFIG"] = "apiVersion: v1";
        var process = scenario.Start(environment);
        await process.ReadyAsync();

        foreach (var page in new[] { "/metrics", "/status" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<HttpRequestException>(() => process.PageAsync(page))).StatusCode);
        }
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task It_asks_a_cluster_for_nothing_beyond_its_published_permissions_and_shows_no_secret_anywhere(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var environment = scenario.EnvironmentWithClusters();
        environment["CLEVER_OPERATOR_OPERATOR_LOG_LEVEL"] = "trace";
        var process = await scenario.StartAsync(environment);
        var first = await scenario.ApplyAsync(Manifests.Redis("a"));
        await scenario.ReadyAsync(first);
        await scenario.HeldAsync(await scenario.ApplyAsync(Manifests.PostgreSql("a")), "SecretConflict");
        List<string> secrets = ["sandbox-token", "sandbox-secret", "other-token", "other-secret", scenario.Cluster.Token(ClusterUser.Admin)];
        secrets.AddRange(await ConnectionAsync(scenario));
        await scenario.Cluster.Api.DeleteAsync(first);
        await scenario.UntilAsync(first, resource => resource is null);
        await scenario.ApplyAsync(Manifests.Credentials(Manifests.Toml(scenario.Clever.Address, "other-token", "other-secret", Scenario.OtherOrganisation)));
        var second = await scenario.ApplyAsync(Manifests.Redis("b"));
        await scenario.ReadyAsync(second);

        Assert.DoesNotContain(await process.SamplesAsync("clever_operator_kubernetes_requests_total"), sample => !IsAllowed(sample));
        var shown = string.Join('\n', process.Output, await process.PageAsync("/status"), await process.PageAsync("/metrics"),
            await TextAsync(scenario, "/api/v1", "events"), await TextAsync(scenario, "/apis/coordination.k8s.io/v1", "leases"),
            await TextAsync(scenario, "/apis/api.clever-cloud.com/v1", "redis"), await TextAsync(scenario, "/apis/api.clever-cloud.com/v1", "postgresqls"));
        Assert.DoesNotContain(secrets, secret => shown.Contains(secret, StringComparison.Ordinal));
    }

    /// <summary>What of the connection Secret nobody else may know.</summary>
    private static async Task<IEnumerable<string>> ConnectionAsync(Scenario scenario)
    {
        var data = (await scenario.Cluster.Api.GetAsync(scenario.Secret("a"))).Data();
        var found = data.Where(pair => ConfidentialName().IsMatch(pair.Key)).Select(pair => pair.Value).ToList();
        Assert.NotEmpty(found);
        return found;
    }

    private static async Task<string> TextAsync(Scenario scenario, string version, string plural) =>
        (await scenario.Cluster.Api.GetAsync($"{version}/namespaces/{scenario.Namespace}/{plural}"))!.ToJsonString();

    private static bool IsAllowed(string sample)
    {
        var (verb, resource) = (Label(sample, "verb"), Label(sample, "resource"));
        return NeedNoPermission.Contains(resource)
            || RbacRules.InServedNamespaces(mayListSecrets: true).Concat(RbacRules.InLeaseNamespace()).Concat(RbacRules.InCluster())
                .Any(rule => rule.Resources.Contains(resource) && rule.Verbs.Contains(verb));
    }

    private static string Label(string sample, string name) => Regex.Match(sample, $"{name}=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("PASSWORD|TOKEN|URL|URI")]
    private static partial Regex ConfidentialName();
}
