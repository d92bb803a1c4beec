using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Control;
using CleverRemoteOperator.Sandbox.CleverApi.State;

namespace CleverRemoteOperator.Sandbox.CleverApi.Kubernetes;

/// <summary>The managed clusters of all owners, and how often the kubeconfig of each was asked for.</summary>
internal sealed class KubernetesStore(SandboxState state, SandboxClock clock, Identifiers identifiers)
{
    public static readonly IReadOnlyList<string> Versions = ["1.34", "1.35", "1.36"];

    // The kubeconfig is served in these; before them there is nothing to connect to, after them nothing any more.
    private static readonly string[] Reachable = [KubernetesCluster.Active, "UPDATING", "TO_UPGRADE", "TO_REDEPLOY", "REDEPLOYING", "RECONCILING"];

    private readonly ConcurrentDictionary<string, int> _kubeconfigCalls = new();

    public IEnumerable<KubernetesCluster> All => state.Current.Clusters.Values.OrderBy(cluster => cluster.Id, StringComparer.Ordinal);

    public IEnumerable<KubernetesCluster> Of(string ownerId) => All.Where(cluster => cluster.OwnerId == ownerId);

    /// <exception cref="ApiError">404 when there is no such cluster, or it is another owner's.</exception>
    public KubernetesCluster Require(string id, string? ownerId = null) =>
        state.Current.Clusters.GetValueOrDefault(id) is { } cluster && (ownerId is null || cluster.OwnerId == ownerId)
            ? cluster : throw ApiError.V4Missing("This cluster does not exist.");

    public KubernetesCluster Save(KubernetesCluster cluster)
    {
        state.Update(data => data with { Clusters = data.Clusters.SetItem(cluster.Id, cluster) });
        return cluster;
    }

    /// <summary>Takes the cluster out of the list, as if it had never been.</summary>
    public void Forget(KubernetesCluster cluster) => state.Update(data => data with { Clusters = data.Clusters.Remove(cluster.Id) });

    /// <exception cref="ApiError">400 for a version there is not, or no name.</exception>
    public KubernetesCluster Create(string ownerId, JsonObject body) => Save(new KubernetesCluster
    {
        Id = "kubernetes_" + identifiers.Ulid(),
        OwnerId = ownerId,
        Name = body.Text("name") ?? throw ApiError.V4Bad("A name is required."),
        Description = body.Text("description"),
        Version = CheckVersion(body.Text("version") ?? Versions[^1]),
        Region = body.Text("locationId") ?? "par",
        Tags = TagsOf(body["tags"]) ?? [],
        Features = (body["features"] as JsonObject)?.DeepClone().AsObject(),
        CreatedAt = clock.Now,
    });

    public static string CheckVersion(string version) => Versions.Contains(version) ? version
        : throw ApiError.V4Bad($"Version '{version}' is not available; available are: {string.Join(", ", Versions)}");

    public static IReadOnlyList<string>? TagsOf(JsonNode? node) => node is JsonArray tags ? [.. tags.Select(tag => tag?.ToString() ?? "")] : null;

    public string StatusOf(KubernetesCluster cluster) => cluster.IsDeleted ? KubernetesCluster.Deleted
        : cluster.Status ?? (clock.Now - cluster.CreatedAt >= clock.Delays.Provisioning ? KubernetesCluster.Active : KubernetesCluster.Deploying);

    /// <summary>Counts a request for the kubeconfig.</summary>
    /// <exception cref="ApiError">400 while the cluster cannot be reached.</exception>
    public void TakeKubeconfig(KubernetesCluster cluster)
    {
        _kubeconfigCalls.AddOrUpdate(cluster.Id, 1, static (_, count) => count + 1);
        if (!Reachable.Contains(StatusOf(cluster)))
        {
            throw ApiError.V4Bad("The cluster is not active.");
        }
    }

    public int KubeconfigCalls(string id) => _kubeconfigCalls.GetValueOrDefault(id);
}
