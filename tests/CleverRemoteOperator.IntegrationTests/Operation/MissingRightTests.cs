using CleverRemoteOperator.IntegrationTests.Servers;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>
/// What a cluster's RBAC and admission refuse, in an API server's own words: each is told with its name, nothing is paid for that
/// nobody could use, and all is well within seconds once it is allowed.
/// </summary>
public sealed class MissingRightTests(ApiServers servers)
{
    private const string NoFinalizers =
        "secrets \"cache\" is forbidden: cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: , <nil>";
    private const string NoSecret = "secrets \"cache\" is forbidden: User \"operator\" cannot patch resource \"secrets\" in API group \"\"";
    private const string Quota = "secrets \"cache\" is forbidden: exceeded quota: few, requested: secrets=1, used: secrets=5, limited: secrets=5";
    private const string Policy = "secrets \"cache\" is forbidden: ValidatingAdmissionPolicy 'few' with binding 'few' denied request: not here";
    private const string NoStatus = "redis.api.clever-cloud.com \"cache\" is forbidden: User \"operator\" cannot patch resource \"redis/status\" in API group \"api.clever-cloud.com\"";
    private const string NoGet = "redis.api.clever-cloud.com \"cache\" is forbidden: User \"operator\" cannot get resource \"redis\" in API group \"api.clever-cloud.com\"";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(ServerKind.Sandbox, 403, "Forbidden", NoFinalizers, "MissingRights", "may not update redis.api.clever-cloud.com/finalizers")]
    [InlineData(ServerKind.Real, 403, "Forbidden", NoFinalizers, "MissingRights", "may not update redis.api.clever-cloud.com/finalizers")]
    [InlineData(ServerKind.Sandbox, 403, "Forbidden", NoSecret, "MissingRights", "cannot patch resource \"secrets\"")]
    [InlineData(ServerKind.Sandbox, 403, "Forbidden", Quota, "AdmissionDenied", "exceeded quota: few")]
    [InlineData(ServerKind.Sandbox, 422, "Invalid", Policy, "AdmissionDenied", "not here")]
    [InlineData(ServerKind.Real, 422, "Invalid", Policy, "AdmissionDenied", "not here")]
    public async Task Where_Secrets_are_refused_no_add_on_is_paid_for_before_they_are_taken(ServerKind kind, int code, string status, string message, string reason, string told)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await using var proxy = await FaultProxy.StartAsync(scenario.Cluster);
        proxy.Add(request => FaultProxy.IsWrite(request, "secrets/cache"), FaultProxy.Refuse(code, status, message));
        await StartAsync(scenario, proxy);

        var path = await scenario.ApplyAsync(Manifests.Redis("cache"));
        var held = await scenario.HeldAsync(path, reason);
        Assert.Contains("no add-on is created", held, StringComparison.Ordinal);
        Assert.Contains(told, held, StringComparison.Ordinal);
        Assert.Empty(scenario.Clever.Addons.All);

        proxy.Clear();
        await scenario.UntilAsync(path, resource => resource.IsReady(), timeout: Soon);
        Assert.Single(scenario.Clever.Addons.All);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task Refused_statuses_are_told_by_an_Event_and_in_the_state_of_the_cluster(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await using var proxy = await FaultProxy.StartAsync(scenario.Cluster);
        proxy.Add(request => FaultProxy.IsWrite(request, "redis/cache/status"), FaultProxy.Refuse(403, "Forbidden", NoStatus));
        var process = await StartAsync(scenario, proxy);

        var path = await scenario.ApplyAsync(Manifests.Redis("cache"));
        await scenario.Cluster.Api.UntilAnyAsync(
            $"/api/v1/namespaces/{scenario.Namespace}/events",
            told => (string?)told["reason"] == "StatusRefused" && ((string?)told["message"])!.Contains("cannot patch resource \"redis/status\"", StringComparison.Ordinal),
            OperatorProcess.Patience);
        await process.UntilStatusAsync("proxy", status => (string?)status?["state"] == "Degraded"
            && ((string?)status["lastError"])!.Contains("cannot patch resource \"redis/status\"", StringComparison.Ordinal));
        await scenario.UntilAsync(scenario.Secret("cache"), secret => secret is not null);

        proxy.Clear();
        await scenario.UntilAsync(path, resource => resource.IsReady(), timeout: Soon);
        await process.UntilStatusAsync("proxy", status => (string?)status?["state"] == "Synced");
        Assert.Single(scenario.Clever.Addons.All);
    }

    [Theory]
    [InlineData(ServerKind.Sandbox)]
    [InlineData(ServerKind.Real)]
    public async Task A_deletion_that_cannot_be_confirmed_says_which_right_is_missing(ServerKind kind)
    {
        await using var scenario = await Scenario.CreateAsync(await servers.GetAsync(kind, "east"));
        await using var proxy = await FaultProxy.StartAsync(scenario.Cluster);
        await StartAsync(scenario, proxy);
        var path = await scenario.ApplyAsync(Manifests.Redis("cache"));
        await scenario.ReadyAsync(path);

        proxy.Add(request => HttpMethods.IsGet(request.Method) && request.Path.Value!.EndsWith("/redis/cache", StringComparison.Ordinal), FaultProxy.Refuse(403, "Forbidden", NoGet));
        await scenario.Cluster.Api.DeleteAsync(path);
        Assert.Contains("cannot get resource \"redis\"", await scenario.HeldAsync(path, "MissingRights"), StringComparison.Ordinal);
        Assert.Single(scenario.Clever.Addons.All);

        proxy.Clear();
        await scenario.UntilAsync(path, resource => resource is null, timeout: Soon);
        Assert.Empty(scenario.Clever.Addons.All);
    }

    private static async Task<OperatorProcess> StartAsync(Scenario scenario, FaultProxy proxy)
    {
        var environment = scenario.Environment();
        environment["CLEVER_OPERATOR_CLUSTERS_PROXY_KUBECONFIG"] = proxy.Kubeconfig();
        var process = scenario.Start(environment);
        await process.ReadyAsync();
        await process.SyncedAsync("proxy");
        return process;
    }
}
