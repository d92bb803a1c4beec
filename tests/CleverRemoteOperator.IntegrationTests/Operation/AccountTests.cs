using System.Diagnostics;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.CleverApi.Control;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>Namespaces of one cluster with accounts of their own: what one account meets is nothing to the others.</summary>
public sealed class AccountTests(ApiServers servers)
{
    private const int More = 24;

    // With three times as many resources as workers, each of which would wait for nine seconds.
    private static readonly TimeSpan Unhindered = TimeSpan.FromSeconds(8);

    [Theory]
    [InlineData(429, "RateLimited")]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "RateLimited")]
    [InlineData(500, "CleverApiUnavailable")]
    public async Task What_the_Clever_API_refuses_to_one_account_slows_down_no_other(int status, string reason)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(ServerKind.Sandbox, "east"));
        var other = scenario.Namespace + "-other";
        await scenario.Cluster.CreateNamespaceAsync(other);
        var environment = scenario.EnvironmentWithClusters();
        environment["CLEVER_OPERATOR_OPERATOR_NAMESPACES"] = $"{scenario.Namespace},{other}";
        await scenario.Cluster.Api.ApplyAsync(
            Manifests.Credentials(Manifests.Toml(scenario.Clever.Address, "other-token", "other-secret", Scenario.OtherOrganisation)), other);
        scenario.Clever.Faults.Set(new FaultRule
        {
            Route = $"/v2/organisations/{Scenario.OtherOrganisation}/addons",
            Status = status,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "9" },
        });
        await scenario.StartAsync(environment);
        for (var number = 0; number < More; number++)
        {
            await scenario.Cluster.Api.ApplyAsync(Manifests.Redis($"refused-{number}"), other);
        }

        var watch = Stopwatch.StartNew();
        for (var number = 0; number < 3; number++)
        {
            await scenario.ReadyAsync(await scenario.ApplyAsync(Manifests.Redis($"served-{number}")));
        }

        Assert.True(watch.Elapsed < Unhindered, $"{watch.Elapsed}");
        await scenario.UntilAsync($"/apis/api.clever-cloud.com/v1/namespaces/{other}/redis/refused-0", resource => resource.IsHeldBy(reason));
    }
}
