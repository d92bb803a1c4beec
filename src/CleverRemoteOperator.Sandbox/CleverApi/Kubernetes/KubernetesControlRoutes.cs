using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Kubernetes;

/// <summary>What tests do to managed clusters: bind one to a kubeconfig that leads somewhere, set its status, make it vanish.</summary>
internal sealed class KubernetesControlRoutes(KubernetesStore clusters)
{
    private const string One = "/kubernetes/{clusterId}";

    /// <summary>Maps the routes under <paramref name="control"/>.</summary>
    public void Map(RouteGroupBuilder control)
    {
        control.MapGet("/kubernetes", () => JsonText.AnswerList(clusters.All.Select(Document)));
        control.MapPut(One + "/kubeconfig", async (HttpRequest request, string clusterId) =>
            Save(clusters.Require(clusterId) with { Kubeconfig = await TextAsync(request) }));
        control.MapPut(One + "/authority", async (HttpRequest request, string clusterId) =>
        {
            var pem = await TextAsync(request);
            using var authority = ClusterAuthority.Of(pem);
            return Save(clusters.Require(clusterId) with { Authority = pem });
        });
        control.MapPut(One + "/status", async (HttpRequest request, string clusterId) =>
        {
            var status = (await JsonText.ReadAsync<JsonObject>(request)).Text("status");
            return Save(clusters.Require(clusterId) with { Status = status, IsDeleted = status == KubernetesCluster.Deleted });
        });
        control.MapDelete(One, (string clusterId) =>
        {
            clusters.Forget(clusters.Require(clusterId));
            return Results.NoContent();
        });
    }

    private IResult Save(KubernetesCluster cluster) => JsonText.Answer(Document(clusters.Save(cluster)));

    private JsonObject Document(KubernetesCluster cluster) => new()
    {
        ["id"] = cluster.Id,
        ["organisation"] = cluster.OwnerId,
        ["name"] = cluster.Name,
        ["status"] = clusters.StatusOf(cluster),
        ["tags"] = JsonText.Array(cluster.Tags),
        ["isBound"] = cluster.Kubeconfig is not null,
        ["kubeconfigCalls"] = clusters.KubeconfigCalls(cluster.Id),
    };

    private static async Task<string> TextAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
    }
}
