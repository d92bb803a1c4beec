using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Commands.Rbac;
using CleverRemoteOperator.IntegrationTests.Servers;
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

    [Fact]
    public async Task What_a_namespace_has_for_a_token_changes_no_line_but_those_that_cite_it()
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(ServerKind.Sandbox, "east"));
        var environment = scenario.EnvironmentWithClusters();
        environment["CLEVER_OPERATOR_OPERATOR_LOG_FORMAT"] = "json";
        var process = await scenario.StartAsync(environment);
        await scenario.ApplyAsync(Manifests.Credentials($$"""
            [api]
            endpoint = "{{scenario.Clever.Address.GetLeftPart(UriPartial.Authority)}}"
            token = '{"@t":"2026'
            secret = 'Clever Remote Operator'
            organisation = "{{Scenario.OtherOrganisation}}"
            """));
        await scenario.HeldAsync(await scenario.ApplyAsync(Manifests.Redis("refused")), "Unauthorized");
        await process.WroteAsync("Unauthorized");
        await process.StopAsync();

        var lines = process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.NotNull(JsonNode.Parse(line)!["@t"]));
        Assert.DoesNotContain("***", process.Output, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("shutting down", StringComparison.Ordinal));
    }

    [Fact]
    public async Task User_and_password_of_a_proxy_are_used_and_not_shown()
    {
        await using var scenario = await Scenario.CreateAsync();
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var refusing = RefuseAsync(proxy, asked);
        SuiteSecrets.Add("hidden-proxy-word");
        var environment = scenario.Environment();
        environment["HTTPS_PROXY"] = $"http://someone:hidden-proxy-word@127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}";
        environment["CLEVER_OPERATOR_CLUSTERS_EAST_KUBECONFIG"] = """
            current-context: a
            contexts: [{name: a, context: {cluster: a, user: a}}]
            clusters: [{name: a, cluster: {server: "https://192.0.2.1:6443"}}]
            users: [{name: a, user: {token: some-token}}]
            """;
        var process = scenario.Start(environment);

        await process.WroteAsync("east: Unreachable");
        Assert.Equal("Basic " + Manifests.Base64("someone:hidden-proxy-word"), await asked.Task.WaitAsync(OperatorProcess.Patience));
        await process.StopAsync();
        Assert.Contains("127.0.0.1", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-proxy-word", process.Output, StringComparison.Ordinal);
        proxy.Stop();
        await refusing;
    }

    /// <summary>A proxy that lets nobody through.</summary>
    private static async Task RefuseAsync(TcpListener proxy, TaskCompletionSource<string> asked)
    {
        const string proof = "Proxy-Authorization: ";
        try
        {
            while (true)
            {
                using var client = await proxy.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, leaveOpen: true);
                while (await reader.ReadLineAsync() is { Length: > 0 } line)
                {
                    if (line.StartsWith(proof, StringComparison.OrdinalIgnoreCase))
                    {
                        asked.TrySetResult(line[proof.Length..]);
                    }
                }

                await stream.WriteAsync("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
        }
        catch (SocketException)
        {
            // Stopped.
        }
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
                .Any(rule => rule.Rule.Resources.Contains(resource) && rule.Rule.Verbs.Contains(verb));
    }

    private static string Label(string sample, string name) => Regex.Match(sample, $"{name}=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("PASSWORD|TOKEN|URL|URI")]
    private static partial Regex ConfidentialName();
}
