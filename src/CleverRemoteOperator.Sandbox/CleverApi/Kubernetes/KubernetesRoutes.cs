using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Kubernetes;

/// <summary>Managed Kubernetes clusters: listed, created, read, changed and deleted, and how to connect to one.</summary>
internal sealed class KubernetesRoutes(KubernetesStore clusters, Kubeconfigs kubeconfigs, Owners owners, TimeProvider timeProvider)
{
    private const string Owner = "/v4/kubernetes/organisations/{id}";
    private const string All = Owner + "/clusters";
    private const string One = All + "/{clusterId}";
    private const string Presigned = "/presigned/kubernetes";
    private static readonly TimeSpan PresignedLife = TimeSpan.FromHours(1);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v4/kubernetes-product", () => JsonText.Answer(KubernetesDocuments.Product()));
        routes.MapGet(Owner + "/quota", (HttpContext http) => JsonText.Answer(KubernetesDocuments.Quota(owners.FromPath(http))));
        routes.MapGet(Owner + "/usage", (HttpContext http) => JsonText.AnswerList(Running(owners.FromPath(http)).Select(KubernetesDocuments.Usage)));
        routes.MapGet(All, (HttpContext http, string? status) => JsonText.AnswerList(clusters.Of(owners.FromPath(http))
            .Where(cluster => status is null || clusters.StatusOf(cluster) == status).Select(Document)));
        routes.MapPost(All, async (HttpContext http) =>
        {
            var ownerId = owners.FromPath(http);
            return JsonText.Answer(Document(clusters.Create(ownerId, await JsonText.ReadAsync<JsonObject>(http.Request))));
        });
        MapOne(routes);
        MapKubeconfig(routes);
    }

    private void MapOne(IEndpointRouteBuilder routes)
    {
        routes.MapGet(One, (HttpContext http, string clusterId) => JsonText.Answer(Document(Require(http, clusterId))));
        routes.MapPatch(One, async (HttpContext http, string clusterId) =>
        {
            var cluster = Require(http, clusterId);
            return JsonText.Answer(Document(clusters.Save(Changed(cluster, await JsonText.ReadAsync<JsonObject>(http.Request)))));
        });
        routes.MapDelete(One, (HttpContext http, string clusterId) =>
            JsonText.Answer(Document(clusters.Save(Require(http, clusterId) with { IsDeleted = true }))));
        routes.MapGet(One + "/node-groups", (HttpContext http, string clusterId) =>
        {
            Require(http, clusterId);
            return JsonText.Answer(new JsonArray());
        });
        routes.MapGet(One + "/version/check", (HttpContext http, string clusterId) => JsonText.Answer(KubernetesDocuments.VersionCheck(Require(http, clusterId))));
        routes.MapPost(One + "/version/update", async (HttpContext http, string clusterId) =>
        {
            var cluster = Require(http, clusterId);
            var target = (await JsonText.ReadAsync<JsonObject>(http.Request)).Require("targetVersion");
            return JsonText.Answer(Document(clusters.Save(cluster with { Version = KubernetesStore.CheckVersion(target) })));
        });
    }

    private void MapKubeconfig(IEndpointRouteBuilder routes)
    {
        routes.MapGet(One + "/kubeconfig.yaml", (HttpContext http, string clusterId) => Kubeconfig(Require(http, clusterId)));
        routes.MapGet(One + "/kubeconfig/presigned-url", (HttpContext http, string clusterId) =>
        {
            var cluster = Require(http, clusterId);
            var end = (timeProvider.GetUtcNow() + PresignedLife).ToUnixTimeSeconds();
            return JsonText.Answer(new JsonObject
            {
                ["url"] = $"{http.Request.Scheme}://{http.Request.Host}{Presigned}/{cluster.Id}/{end}/{Signature(cluster.Id, end)}",
            });
        });
        routes.MapGet(Presigned + "/{clusterId}/{end}/{signature}", (string clusterId, long end, string signature) =>
            signature == Signature(clusterId, end) && timeProvider.GetUtcNow().ToUnixTimeSeconds() < end
                ? Kubeconfig(clusters.Require(clusterId))
                : throw ApiError.V4(403, "clever.core.forbidden", "This address is not valid any more.")).AllowAnonymous();
    }

    private IResult Kubeconfig(KubernetesCluster cluster)
    {
        clusters.TakeKubeconfig(cluster);
        return Results.Text(kubeconfigs.Of(cluster), "application/yaml");
    }

    private IEnumerable<KubernetesCluster> Running(string ownerId) => clusters.Of(ownerId).Where(cluster => clusters.StatusOf(cluster) != KubernetesCluster.Deleted);

    private KubernetesCluster Require(HttpContext http, string id) => clusters.Require(id, owners.FromPath(http));

    private JsonObject Document(KubernetesCluster cluster) => KubernetesDocuments.Of(cluster, clusters.StatusOf(cluster));

    private static KubernetesCluster Changed(KubernetesCluster cluster, JsonObject body)
    {
        var features = cluster.Features?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in body["features"] as JsonObject ?? [])
        {
            features[name] = value?.DeepClone();
        }

        return cluster with
        {
            Name = body.Text("name") ?? cluster.Name,
            Description = body.Text("description") ?? cluster.Description,
            Tags = KubernetesStore.TagsOf(body["tags"]) ?? cluster.Tags,
            Features = features,
        };
    }

    // It keeps nobody out who can read this source; the sandbox has nothing to keep.
    private static string Signature(string id, long end) => DerivedValues.Text(id, $"presigned-{end}");
}
