using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Clusters;

/// <summary>Which of our types a cluster serves.</summary>
internal static class ServedTypes
{
    public static async Task<List<ApiResource>> DiscoverAsync(ICluster cluster, CancellationToken token)
    {
        var found = await cluster.DiscoverAsync([AddonCatalog.Group, AddonCatalog.ShortGroup], token);
        return [.. found.Where(type => AddonCatalog.ByPlural(type.Plural) is { } kind && kind.Groups.Contains(type.Group))];
    }
}
