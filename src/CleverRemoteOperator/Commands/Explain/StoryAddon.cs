using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Commands.Explain;

/// <summary>Tells what has become of a resource's add-on at Clever Cloud.</summary>
internal sealed class StoryAddon(ICleverApiFactory clever)
{
    /// <param name="credentials">Those that serve the resource; null when none do.</param>
    public async Task<string> ReadAsync(ClusterDefinition cluster, AddonKind kind, ResourceView resource, CleverCredentials? credentials, CancellationToken token)
    {
        var (id, organisation) = (resource.Field("addon"), resource.Field("organisation"));
        if (id.Length == 0)
        {
            return "none yet";
        }

        var words = $"{id}{(organisation.Length == 0 ? "" : $" in {organisation}")}";
        if (credentials is null || organisation.Length == 0)
        {
            return $"{words}; not looked for, as {(credentials is null ? "no credentials are known" : "its organisation is not known")}";
        }

        try
        {
            return await clever.For(credentials).FindAddonAsync(organisation, id, token) is { } addon
                ? $"{words}, {Printable.Of(addon.Plan.Slug)} in {Printable.Of(addon.Region)}, {Owned(cluster, kind, resource, addon)}"
                : $"{words}, which Clever Cloud does not have: see explain AddonMissing";
        }
        catch (CleverApiException failure)
        {
            return $"{words}; it cannot be looked at: {failure.Message}";
        }
    }

    private static string Owned(ClusterDefinition cluster, AddonKind kind, ResourceView resource, CleverAddon addon)
    {
        var name = Printable.Of(addon.Name ?? "", AddonName.MaxLength);
        return new Owner(cluster.OwnerName, cluster.FormerOwnerNames).Judge(kind, resource.Resource, addon) switch
        {
            Ownership.Ours => "which bears the resource's name",
            Ownership.Former => $"named {name}, by a former name of the cluster",
            Ownership.Unclaimed => $"named {name}, which no cluster has claimed yet",
            Ownership.OtherCluster => $"which belongs to another cluster: it is named {name}",
            _ => $"which is not this resource's: it is named {name}",
        };
    }
}
