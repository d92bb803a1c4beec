using System.Globalization;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using CleverRemoteOperator.Sandbox.CleverApi.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CleverRemoteOperator.Sandbox.CleverApi.Kubernetes;

/// <summary>Managed Kubernetes clusters: listed, created, read and deleted.</summary>
internal sealed class KubernetesRoutes(SandboxState state, Owners owners, Identifiers identifiers, CleverApiServerOptions options)
{
    private const string Route = "/v4/kubernetes/organisations/{id}/clusters";
    private static readonly string[] Versions = ["1.34", "1.35", "1.36"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v4/kubernetes-product", () => JsonText.Answer(Product()));
        routes.MapGet(Route, (HttpContext http) => JsonText.AnswerList(Of(owners.FromPath(http)).Select(Document)));
        routes.MapPost(Route, async (HttpContext http) =>
        {
            var ownerId = owners.FromPath(http);
            return JsonText.Answer(Document(Create(ownerId, await JsonText.ReadAsync<JsonObject>(http.Request))));
        });
        routes.MapGet(Route + "/{clusterId}", (HttpContext http, string clusterId) => JsonText.Answer(Document(Require(http, clusterId))));
        routes.MapPatch(Route + "/{clusterId}", async (HttpContext http, string clusterId) =>
        {
            var cluster = Require(http, clusterId);
            var body = await JsonText.ReadAsync<JsonObject>(http.Request);
            return JsonText.Answer(Document(Save(cluster with { Name = body.Text("name") ?? cluster.Name, Description = body.Text("description") ?? cluster.Description })));
        });
        routes.MapDelete(Route + "/{clusterId}", (HttpContext http, string clusterId) =>
            JsonText.Answer(Document(Save(Require(http, clusterId) with { IsDeleted = true }))));
        routes.MapGet(Route + "/{clusterId}/kubeconfig.yaml", (HttpContext http, string clusterId) =>
            Status(Require(http, clusterId)) == "ACTIVE" ? Results.Text(Kubeconfig(Require(http, clusterId)), "application/yaml") : throw ApiError.V4Bad("The cluster is not active."));
        routes.MapGet(Route + "/{clusterId}/node-groups", (HttpContext http, string clusterId) =>
        {
            Require(http, clusterId);
            return JsonText.Answer(new JsonArray());
        });
    }

    private IEnumerable<KubernetesCluster> Of(string ownerId) => state.Current.Clusters.Values.Where(cluster => cluster.OwnerId == ownerId).OrderBy(cluster => cluster.Id, StringComparer.Ordinal);

    private KubernetesCluster Require(HttpContext http, string id) =>
        Of(owners.FromPath(http)).FirstOrDefault(cluster => cluster.Id == id) ?? throw ApiError.V4Missing("This cluster does not exist.");

    private KubernetesCluster Save(KubernetesCluster cluster)
    {
        state.Update(data => data with { Clusters = data.Clusters.SetItem(cluster.Id, cluster) });
        return cluster;
    }

    private KubernetesCluster Create(string ownerId, JsonObject body)
    {
        var version = body.Text("version") ?? Versions[^1];
        return !Versions.Contains(version)
            ? throw ApiError.V4Bad($"Version '{version}' is not available; available are: {string.Join(", ", Versions)}")
            : Save(new KubernetesCluster
            {
                Id = "kubernetes_" + identifiers.Ulid(),
                OwnerId = ownerId,
                Name = body.Text("name") ?? throw ApiError.V4Bad("A name is required."),
                Description = body.Text("description"),
                Version = version,
                Region = body.Text("locationId") ?? "par",
                Tags = [.. (body["tags"] as JsonArray ?? []).Select(tag => tag?.ToString() ?? "")],
                CreatedAt = options.TimeProvider.GetUtcNow(),
            });
    }

    private string Status(KubernetesCluster cluster) => cluster.IsDeleted ? "DELETED"
        : options.TimeProvider.GetUtcNow() - cluster.CreatedAt >= options.ProvisioningDelay ? "ACTIVE"
        : "DEPLOYING";

    private JsonObject Document(KubernetesCluster cluster) => new()
    {
        ["id"] = cluster.Id,
        ["name"] = cluster.Name,
        ["description"] = cluster.Description,
        ["status"] = Status(cluster),
        ["version"] = cluster.Version,
        ["tenantId"] = cluster.OwnerId,
        ["locationId"] = cluster.Region,
        ["creationDate"] = cluster.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["features"] = new JsonObject { ["autoscalingEnabled"] = false, ["csi"] = null, ["registries"] = null },
        ["topologyConfig"] = new JsonObject { ["topology"] = "ALL_IN_ONE", ["topologyDiscriminator"] = "ALL_IN_ONE", ["flavor"] = "S", ["replicationFactor"] = 1 },
        ["loadBalancers"] = new JsonArray(),
        ["nodeGroups"] = new JsonArray(),
        ["storageUsageBytes"] = 0,
        ["tags"] = JsonText.Array(cluster.Tags),
    };

    private static JsonObject Product() => new()
    {
        ["versions"] = new JsonObject { ["available"] = JsonText.Array(Versions), ["default"] = Versions[^1] },
        ["topologies"] = new JsonArray(new JsonObject
        {
            ["topology"] = "ALL_IN_ONE",
            ["availableFlavors"] = JsonText.Array(["S", "M", "L", "XL"]),
            ["replicationFactor"] = new JsonObject { ["min"] = 1, ["max"] = 5 },
        }),
    };

    /// <summary>Well-formed, but nothing listens behind it.</summary>
    private static string Kubeconfig(KubernetesCluster cluster) => $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: {cluster.Id}
          cluster:
            server: https://{cluster.Id.ToLowerInvariant().Replace('_', '-')}.sandbox.example:6443
        contexts:
        - name: {cluster.Id}
          context:
            cluster: {cluster.Id}
            user: admin
        current-context: {cluster.Id}
        users:
        - name: admin
          user: {DerivedToken(cluster)}

        """;

    private static string DerivedToken(KubernetesCluster cluster) => $"{{token: {DerivedValues.Text(cluster.Id, "kubeconfig")}}}";
}
