using System.Globalization;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.CleverApi.Kubernetes;

/// <summary>Managed clusters in the API's words.</summary>
internal static class KubernetesDocuments
{
    private const int QuotaMillicores = 40_000;
    private const long QuotaBytes = 40L * 1024 * 1024 * 1024;
    private const int ClusterMillicores = 2_000;
    private const long ClusterBytes = 4L * 1024 * 1024 * 1024;

    public static JsonObject Of(KubernetesCluster cluster, string status) => new()
    {
        ["id"] = cluster.Id,
        ["name"] = cluster.Name,
        ["description"] = cluster.Description,
        ["status"] = status,
        ["version"] = cluster.Version,
        ["tenantId"] = cluster.OwnerId,
        ["locationId"] = cluster.Region,
        ["creationDate"] = cluster.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["features"] = Features(cluster.Features),
        ["topologyConfig"] = new JsonObject { ["topology"] = "ALL_IN_ONE", ["topologyDiscriminator"] = "ALL_IN_ONE", ["flavor"] = "S", ["replicationFactor"] = 1 },
        ["loadBalancers"] = new JsonArray(),
        ["nodeGroups"] = new JsonArray(),
        ["storageUsageBytes"] = 0,
        ["tags"] = JsonText.Array(cluster.Tags),
    };

    public static JsonObject Product() => new()
    {
        ["versions"] = new JsonObject { ["available"] = JsonText.Array(KubernetesStore.Versions), ["default"] = KubernetesStore.Versions[^1] },
        ["topologies"] = new JsonArray(new JsonObject
        {
            ["topology"] = "ALL_IN_ONE",
            ["availableFlavors"] = JsonText.Array(["S", "M", "L", "XL"]),
            ["replicationFactor"] = new JsonObject { ["min"] = 1, ["max"] = 5 },
        }),
    };

    public static JsonObject VersionCheck(KubernetesCluster cluster) => new()
    {
        ["installed"] = cluster.Version,
        ["available"] = JsonText.Array(KubernetesStore.Versions),
        ["latest"] = KubernetesStore.Versions[^1],
        ["needUpdate"] = cluster.Version != KubernetesStore.Versions[^1],
    };

    /// <summary>The default: 40 vCPUs, 40 GiB and one load balancer; the names within <c>quotas</c> are not known.</summary>
    public static JsonObject Quota(string ownerId) => new()
    {
        ["id"] = "quota_" + Addons.DerivedValues.Uuid(ownerId, "quota"),
        ["tenantId"] = ownerId,
        ["tags"] = new JsonArray(),
        ["quotas"] = new JsonArray(Limit("CPU_MILLICORES", QuotaMillicores), Limit("RAM_BYTES", QuotaBytes), Limit("LOAD_BALANCERS", 1)),
    };

    public static JsonObject Usage(KubernetesCluster cluster) => new()
    {
        ["clusterId"] = cluster.Id,
        ["cpuMillicores"] = ClusterMillicores,
        ["ramBytes"] = ClusterBytes,
        ["itemType"] = "CONTROL_PLANE",
    };

    private static JsonObject Limit(string name, long value) => new() { ["name"] = name, ["limit"] = value };

    private static JsonObject Features(JsonObject? changed)
    {
        var features = new JsonObject { ["autoscalingEnabled"] = false, ["csi"] = null, ["registries"] = null };
        foreach (var (name, value) in changed ?? [])
        {
            features[name] = value?.DeepClone();
        }

        return features;
    }
}
