using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Tests.CleverCloud;
using CleverRemoteOperator.Tests.Watching;

namespace CleverRemoteOperator.Tests.Hostile;

public sealed class HostileAnswerTests
{
    [Fact]
    public async Task Whatever_a_Kubernetes_API_answers_a_call_gives_something_or_fails_in_the_one_expected_way()
    {
        byte[] answer = [];
        await using var server = await CleverServer.StartAsync(context => context.Response.Body.WriteAsync(answer).AsTask());
        using var cluster = new Cluster(new ClusterId("hostile"), new ClusterConnection { Server = server.Endpoint }, TimeProvider.System);
        var token = TestContext.Current.CancellationToken;
        Func<Task>[] calls =
        [
            () => cluster.GetVersionAsync(token),
            () => cluster.DiscoverAsync(["api.clever-cloud.com"], token),
            () => cluster.GetAsync(RunningWatch.Redis, "a", "b", token),
            () => cluster.GetSecretMetadataAsync("a", "b", token),
            () => cluster.GetSecretValueAsync("a", "b", "config", token),
            () => cluster.GetLeaseAsync("a", "b", token),
        ];

        foreach (var file in HostileFiles.Names)
        {
            answer = HostileFiles.Read(file);
            foreach (var call in calls)
            {
                var failure = await Record.ExceptionAsync(call);
                Assert.True(failure is null or KubernetesApiException, $"{file}: {failure}");
                Assert.DoesNotContain(failure?.Message ?? "", char.IsControl);
            }
        }
    }

    [Fact]
    public async Task Whatever_the_Clever_API_answers_a_call_gives_something_or_fails_in_the_one_expected_way()
    {
        byte[] answer = [];
        var status = 200;
        await using var server = await CleverServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            return context.Response.Body.WriteAsync(answer).AsTask();
        });
        using var client = new ApiUnderTest(server.Endpoint);
        var token = TestContext.Current.CancellationToken;
        var api = client.Api;
        var keycloak = new CleverAddon(ApiUnderTest.AddonId, "keycloak_1", null, "par", "keycloak", new CleverPlan("plan_1", "base", "", 0, [], false));
        Func<Task>[] calls =
        [
            () => api.GetAccountIdAsync(token),
            () => api.ListAddonsAsync(ApiUnderTest.Organisation, token),
            () => api.FindAddonAsync(ApiUnderTest.Organisation, ApiUnderTest.AddonId, token),
            () => api.CreateAddonAsync(ApiUnderTest.Organisation, ApiUnderTest.Request, () => true, token),
            () => api.RenameAddonAsync(ApiUnderTest.Organisation, ApiUnderTest.AddonId, "new", token),
            () => api.GetEnvironmentAsync(ApiUnderTest.Organisation, ApiUnderTest.AddonId, token),
            () => api.GetVariablesAsync("config_11111111-2222-4333-8444-555555555555", token),
            () => api.GetProvidersAsync(ApiUnderTest.Organisation, token),
            () => api.GetVersionsAsync("redis-addon", token),
            () => api.ListMigrationsAsync(ApiUnderTest.Organisation, ApiUnderTest.AddonId, token),
            () => api.FindMigrationAsync(ApiUnderTest.Organisation, ApiUnderTest.AddonId, "migration_1", token),
            () => api.StartMigrationAsync(ApiUnderTest.Organisation, ApiUnderTest.AddonId, new("plan_1", "par", null), () => true, token),
            () => api.AbortMigrationAsync(ApiUnderTest.Organisation, ApiUnderTest.AddonId, "migration_1", token),
            () => api.FindDetailAsync(ApiUnderTest.Organisation, keycloak, token),
            () => api.CheckVersionAsync(keycloak, token),
            () => api.UpdateVersionAsync(keycloak, "1", () => true, token),
            () => api.GetTagsAsync(ApiUnderTest.Organisation, ApiUnderTest.AddonId, token),
            () => api.SetTagsAsync(ApiUnderTest.Organisation, ApiUnderTest.AddonId, ["a"], token),
            () => api.ListBackupsAsync(ApiUnderTest.Organisation, "redis_1", token),
            () => api.GetTokenExpiryAsync(token),
            () => api.GetPricesAsync(ApiUnderTest.Organisation, "par", token),
            () => api.ListWebhooksAsync(ApiUnderTest.Organisation, token),
            () => api.CreateWebhookAsync(ApiUnderTest.Organisation, new("n", new Uri("https://operator.example/hook"), ["ADDON_CREATION"]), token),
            () => api.ListClustersAsync(ApiUnderTest.Organisation, token),
            () => api.GetKubeconfigAsync(ApiUnderTest.Organisation, "kubernetes_1", token),
        ];

        foreach (var (file, code) in HostileFiles.Names.SelectMany(file => new[] { (file, 200), (file, 400) }))
        {
            (answer, status) = (HostileFiles.Read(file), code);
            foreach (var call in calls)
            {
                var failure = await Record.ExceptionAsync(call);
                Assert.True(failure is null or CleverApiException, $"{file}: {failure}");
                Assert.DoesNotContain(failure?.Message ?? "", char.IsControl);
            }
        }
    }
}
