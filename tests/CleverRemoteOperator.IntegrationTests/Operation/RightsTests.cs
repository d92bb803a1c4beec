using CleverRemoteOperator.Commands.Rbac;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>The permissions that are published are enough for everything the operator does, in each of their forms.</summary>
public sealed class RightsTests(ApiServers servers)
{
    [Theory]
    [InlineData(ServerKind.Sandbox, true, true)]
    [InlineData(ServerKind.Sandbox, true, false)]
    [InlineData(ServerKind.Sandbox, false, true)]
    [InlineData(ServerKind.Sandbox, false, false)]
    [InlineData(ServerKind.Real, true, true)]
    [InlineData(ServerKind.Real, true, false)]
    [InlineData(ServerKind.Real, false, true)]
    [InlineData(ServerKind.Real, false, false)]
    public async Task What_is_published_is_enough_from_the_first_Lease_to_the_last_add_on(ServerKind kind, bool isClusterWide, bool mayListSecrets)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await using var proxy = await FaultProxy.StartAsync(scenario.Cluster);
        var manifest = new RbacManifest(mayListSecrets);
        var rights = new GrantedRights(isClusterWide ? manifest.ClusterWide(scenario.Namespace) : manifest.PerNamespace([scenario.Namespace], scenario.Namespace));
        proxy.Add(request => rights.Refusal(request) is not null, http => FaultProxy.Refuse(403, "Forbidden", rights.Refusal(http.Request)!)(http));
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_CLUSTERS_PROXY_KUBECONFIG"] = proxy.Kubeconfig();
        var process = scenario.Start(environment);
        await process.ReadyAsync();
        await process.SyncedAsync("proxy");

        var own = await scenario.ApplyAsync(Manifests.Redis("own"));
        await scenario.ReadyAsync(own);
        await scenario.ApplyAsync(Manifests.Credentials(Manifests.Toml(scenario.Clever.Address, "other-token", "other-secret", Scenario.OtherOrganisation)));
        var other = await scenario.ApplyAsync(Manifests.PostgreSql("other"));
        await scenario.ReadyAsync(other);
        await scenario.Cluster.Api.DeleteAsync(scenario.Secret("other"));
        await scenario.UntilAsync(scenario.Secret("other"), secret => secret is not null);
        foreach (var path in new[] { own, other })
        {
            await scenario.Cluster.Api.DeleteAsync(path);
            await scenario.UntilAsync(path, resource => resource is null);
        }

        Assert.Empty(scenario.Clever.Addons.All);
        Assert.NotEmpty((await scenario.Cluster.Api.GetAsync($"/api/v1/namespaces/{scenario.Namespace}/events"))!["items"]!.AsArray());
        // What it asks for although it may not have it: each has another way.
        string[] optional = [.. isClusterWide ? [] : (string[])["namespaces"], .. mayListSecrets ? [] : (string[])["secrets"]];
        Assert.DoesNotContain(
            await process.SamplesAsync("clever_operator_kubernetes_requests_total"),
            sample => sample.Contains("status=\"403\"", StringComparison.Ordinal)
                && !optional.Any(resource => sample.Contains($"resource=\"{resource}\"", StringComparison.Ordinal)));
    }
}
