using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.KubernetesApi.Writing;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>What can go wrong between the operator and an API server, on both kinds of server, through a proxy that does it.</summary>
public sealed class FaultTests(ApiServers servers)
{
    private const string Forbidden = "redis.api.clever-cloud.com is forbidden: User \\\"operator\\\" cannot watch resource \\\"redis\\\" in API group \\\"api.clever-cloud.com\\\"";

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Whatever_goes_wrong_with_a_watch_every_resource_gets_its_add_on(ServerKind kind)
    {
        await using var proxied = await StartAsync(kind);
        var (scenario, proxy) = (proxied.Scenario, proxied.Proxy);
        await proxied.Process.SyncedAsync("proxy");
        (string Name, Func<HttpContext, Task> Answer)[] faults =
        [
            ("too-many-requests", FaultProxy.Refuse(429, "TooManyRequests", retryAfter: 1)),
            ("server-error", FaultProxy.Refuse(500, "InternalError")),
            ("gone", FaultProxy.Refuse(410, "Expired")),
            ("gone-event", FaultProxy.Stream("""{"type":"ERROR","object":{"kind":"Status","reason":"Expired","code":410}}""" + "\n")),
            ("truncated", FaultProxy.Stream("""{"type":"MODIFIED","object":{"kind":"Red""")),
            ("garbage", FaultProxy.Stream("<html>502</html>\n")),
            ("wrong-kind", FaultProxy.Stream("""{"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"p","namespace":"n","uid":"u","resourceVersion":"1"}}}""" + "\n")),
            ("unknown-type", FaultProxy.Stream("""{"type":"SURPRISE","object":{}}""" + "\n")),
            ("empty", FaultProxy.Stream("")),
            ("dropped", FaultProxy.DropAsync),
        ];

        // Each fault meets the watch of another kind, all at once.
        var examples = Repository.Examples().OrderBy(example => example.Key, StringComparer.Ordinal).Select(example => example.Value).Take(faults.Length).ToList();
        List<string> paths = [];
        foreach (var ((_, answer), manifest) in faults.Zip(examples))
        {
            var document = (JsonObject)YamlBody.Parse(manifest)!;
            document["metadata"]!["namespace"] = scenario.Namespace;
            var path = await scenario.Cluster.Api.PathOfAsync(document);
            proxy.Add(request => FaultProxy.IsWatch(request, path.Split('/')[^2]), answer, times: 1);
            paths.Add(path);
        }

        await proxy.CutAsync();
        foreach (var manifest in examples)
        {
            await scenario.ApplyAsync(manifest);
        }

        foreach (var path in paths)
        {
            await scenario.ReadyAsync(path);
        }

        Assert.Equal(faults.Length, scenario.Clever.Addons.All.Count);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Whatever_becomes_of_a_write_every_resource_gets_one_add_on_and_one_secret(ServerKind kind)
    {
        await using var proxied = await StartAsync(kind);
        var (scenario, proxy) = (proxied.Scenario, proxied.Proxy);
        await proxied.Process.SyncedAsync("proxy");
        (string Name, Func<HttpContext, Task> Answer)[] faults =
        [
            ("dropped-before", FaultProxy.DropAsync), ("dropped-after", proxy.DropAfterAsync), ("server-error", FaultProxy.Refuse(503, "ServiceUnavailable")),
        ];
        List<string> resources = [];
        foreach (var (name, answer) in faults)
        {
            // The mark, the Secret, the status, an Event.
            foreach (var part in new[] { $"redis/{name}-mark", $"secrets/{name}-secret", $"redis/{name}-status/status", "events" })
            {
                resources.Add(part == "events" ? $"{name}-event" : part.Split('/')[1]);
                proxy.Add(request => FaultProxy.IsWrite(request, part), answer, times: 1);
            }
        }

        List<string> paths = [];
        foreach (var resource in resources)
        {
            paths.Add(await scenario.ApplyAsync(Manifests.Redis(resource)));
        }

        foreach (var path in paths)
        {
            await scenario.ReadyAsync(path);
            Assert.NotNull(await scenario.Cluster.Api.GetAsync(scenario.Secret(path.Split('/')[^1])));
        }

        Assert.Equal(resources.Count, scenario.Clever.Addons.All.Count);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_right_that_is_missing_is_named_stops_what_needs_it_only_and_heals_when_it_is_granted(ServerKind kind)
    {
        await using var proxied = await StartAsync(kind, proxy =>
        {
            proxy.Add(request => FaultProxy.IsWatch(request, "redis"), FaultProxy.Refuse(403, "Forbidden", Forbidden));
            proxy.Add(request => FaultProxy.IsWrite(request, "secrets"), FaultProxy.Refuse(403, "Forbidden", "User cannot patch resource secrets"));
        });
        var (scenario, proxy, process) = (proxied.Scenario, proxied.Proxy, proxied.Process);
        await process.UntilStatusAsync("proxy", status => (string?)status?["state"] == "Degraded");

        Assert.Contains("cannot watch resource", (string?)(await process.StatusOfAsync("proxy"))?["lastError"], StringComparison.Ordinal);
        var redis = await scenario.ApplyAsync(Manifests.Redis("held"));
        var postgresql = await scenario.ApplyAsync(Manifests.PostgreSql("other"));
        Assert.Contains("cannot patch resource secrets", await scenario.HeldAsync(postgresql, "MissingRights"), StringComparison.Ordinal);
        Assert.Contains("cannot watch resource", process.Output, StringComparison.Ordinal);
        Assert.Null((await scenario.Cluster.Api.GetAsync(redis)).StatusField("addon"));

        proxy.Clear();
        await scenario.ReadyAsync(redis);
        await scenario.ReadyAsync(postgresql);
        await process.SyncedAsync("proxy");
        Assert.Equal(2, scenario.Clever.Addons.All.Count);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Without_the_right_to_watch_Secrets_which_it_had_before_each_is_read_on_its_own(ServerKind kind)
    {
        await using var proxied = await StartAsync(kind);
        var (scenario, proxy, process) = (proxied.Scenario, proxied.Proxy, proxied.Process);
        await process.SyncedAsync("proxy");
        var path = await scenario.ApplyAsync(Manifests.Redis("a"));
        await scenario.ReadyAsync(path);
        proxy.Add(request => FaultProxy.IsWatch(request, "secrets"), FaultProxy.Refuse(403, "Forbidden", "User cannot watch resource secrets"));
        await proxy.CutAsync();
        await process.UntilStatusAsync("proxy", status => (string?)status?["state"] == "Degraded");

        await scenario.Cluster.Api.DeleteAsync(scenario.Secret("a"));
        await scenario.UntilAsync(scenario.Secret("a"), secret => secret is not null);
        await scenario.ApplyAsync(Manifests.Credentials("[api\ntoken = "));
        await scenario.HeldAsync(path, "InvalidCredentialsSecret");
        Assert.Single(scenario.Clever.Addons.All);
    }

    [Fact]
    public async Task A_kubeconfig_whose_token_was_replaced_by_renaming_a_file_over_it_is_used_at_once()
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(ServerKind.Sandbox, "east"));
        await using var proxy = await FaultProxy.StartAsync(scenario.Cluster);
        var folder = Directory.CreateDirectory(Path.Combine(scenario.Folder, "kubeconfigs")).FullName;
        var file = Path.Combine(folder, "proxy.yaml");
        await File.WriteAllTextAsync(file, proxy.Kubeconfig("an-expired-token-of-a-test"));
        var process = scenario.Start(scenario.Environment());
        await process.ReadyAsync();
        await process.UntilStatusAsync("proxy", status => (string?)status?["state"] == "Unauthorized");

        await File.WriteAllTextAsync(file + ".new", proxy.Kubeconfig());
        File.Move(file + ".new", file, overwrite: true);

        await process.UntilStatusAsync("proxy", status => (string?)status?["state"] == "Synced", TimeSpan.FromSeconds(10));
        Assert.DoesNotContain("an-expired-token-of-a-test", process.Output, StringComparison.Ordinal);
    }

    /// <summary>An operator that knows one cluster, through a proxy.</summary>
    /// <param name="before">What the proxy does wrong from the start.</param>
    private async Task<Proxied> StartAsync(ServerKind kind, Action<FaultProxy>? before = null)
    {
        var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        var proxy = await FaultProxy.StartAsync(scenario.Cluster);
        before?.Invoke(proxy);
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_CLUSTERS_PROXY_KUBECONFIG"] = proxy.Kubeconfig();
        var process = scenario.Start(environment);
        await process.ReadyAsync();
        return new Proxied(scenario, proxy, process);
    }

    private sealed record Proxied(Scenario Scenario, FaultProxy Proxy, OperatorProcess Process) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Scenario.DisposeAsync();
            await Proxy.DisposeAsync();
        }
    }
}
