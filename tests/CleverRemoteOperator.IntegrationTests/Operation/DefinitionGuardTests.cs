using System.Net;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>The optional policy that guards definitions against deletion. The sandbox has no policies.</summary>
public sealed class DefinitionGuardTests(ApiServers servers)
{
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private const string Refusal = "If that is meant: kubectl annotate crd postgresqls.api.clever-cloud.com api.clever-cloud.com/allow-deletion=true";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private const string Foreign = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.com}
        spec:
          group: example.com
          names: {kind: Widget, plural: widgets}
          scope: Namespaced
          versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
        """;

    [Fact]
    public async Task A_guarded_definition_is_deleted_only_once_it_allows_that_and_others_as_ever()
    {
        var cluster = await servers.GetAsync(ServerKind.Real, "guarded");
        Assert.SkipWhen(
            await cluster.Api.GetAsync("/apis/admissionregistration.k8s.io/v1") is null,
            "The API server of KUBEBUILDER_ASSETS has no admission policies; a full kube-apiserver has.");
        await cluster.DefineAsync(Foreign);
        await cluster.Api.ApplyAsync(await File.ReadAllTextAsync(Repository.PathOf("deployments", "kubernetes", "optional", "definition-guard.yaml")));
        var guarded = $"{Definitions}/postgresqls.api.clever-cloud.com";
        await AwaitGuardAsync(cluster, guarded);

        await AssertRefusedAsync(cluster, guarded, Refusal);
        await AssertRefusedAsync(cluster, $"{Definitions}/redis.clever-cloud.com", "with the definition redis.clever-cloud.com every resource of its kind is deleted");
        await cluster.Api.PatchAsync(guarded, """{"metadata":{"annotations":{"api.clever-cloud.com/allow-deletion":"True"}}}""");
        await AssertRefusedAsync(cluster, guarded, Refusal);
        await AssertRefusedAsync(cluster, $"{Definitions}?fieldSelector=metadata.name=postgresqls.api.clever-cloud.com", Refusal);
        Assert.Null((await cluster.Api.GetAsync(guarded))!["metadata"]!["deletionTimestamp"]);

        await DeleteAsync(cluster, $"{Definitions}/widgets.example.com");
        await cluster.Api.PatchAsync(guarded, """{"metadata":{"annotations":{"api.clever-cloud.com/allow-deletion":"true"}}}""");
        await DeleteAsync(cluster, guarded);
    }

    private static async Task DeleteAsync(TestCluster cluster, string path)
    {
        await cluster.Api.DeleteAsync(path);
        await cluster.Api.UntilAsync(path, found => found is null, Timeout);
    }

    private static async Task AssertRefusedAsync(TestCluster cluster, string path, string why)
    {
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => cluster.Api.DeleteAsync(path));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    // A policy takes effect some time after it was stored, and nothing tells when.
    private static async Task AwaitGuardAsync(TestCluster cluster, string guarded)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        while (true)
        {
            try
            {
                await cluster.Api.DeleteAsync($"{guarded}?dryRun=All");
            }
            catch (HttpRequestException refused) when (refused.StatusCode == HttpStatusCode.Forbidden)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, deadline.Token);
        }
    }
}
