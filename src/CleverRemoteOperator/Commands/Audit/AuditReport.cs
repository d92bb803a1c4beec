using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Commands.Audit;

/// <summary>Compares what there is at Clever Cloud with what the clusters have. Pure: nothing is asked or changed here.</summary>
internal static class AuditReport
{
    private const int MaxName = 200;

    /// <param name="clusters">As configured.</param>
    /// <param name="resources">All of them: with one that was not seen its add-on would look like an orphan.</param>
    /// <param name="addons">By organisation.</param>
    public static IReadOnlyList<AuditEntry> Of(
        IReadOnlyList<ClusterDefinition> clusters, IReadOnlyList<ResourceView> resources, IReadOnlyDictionary<string, IReadOnlyList<CleverAddon>> addons)
    {
        var byUid = resources.ToLookup(resource => resource.Resource.Uid, StringComparer.OrdinalIgnoreCase);
        var judged = addons.SelectMany(pair => pair.Value, (pair, addon) => (Organisation: pair.Key, Addon: addon)).DistinctBy(pair => pair.Addon.Id)
            .Select(pair => Judge(clusters, byUid, pair.Organisation, pair.Addon)).OfType<Judged>().ToList();
        var shared = judged.Where(one => one.Owner is not null).GroupBy(one => one.Owner!.Resource.Uid, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
            .SelectMany(group => group).Select(one => one.Entry with { Verdict = AuditVerdict.Duplicate });
        return
        [
            .. judged.Where(one => one.Owner is null).Select(one => one.Entry)
                .Concat(shared)
                .Concat(Missing(resources, addons))
                .OrderBy(entry => entry.Verdict).ThenBy(entry => entry.Cluster, StringComparer.Ordinal)
                .ThenBy(entry => entry.Resource, StringComparer.Ordinal).ThenBy(entry => entry.Addon, StringComparer.Ordinal),
        ];
    }

    // Null for what is nobody's of ours: made by hand, or part of another add-on, as Keycloak's database is, or the backups of an Elasticsearch.
    private static Judged? Judge(IReadOnlyList<ClusterDefinition> clusters, ILookup<string, ResourceView> byUid, string organisation, CleverAddon addon)
    {
        if (AddonPlace.Read(addon.Name) is not { Kind: { } kind } place || kind.ProviderId != addon.ProviderId)
        {
            return null;
        }

        var owners = byUid[place.Name.Uid].Where(resource => AddonCatalog.ByPlural(resource.Type.Plural) == kind).ToList();
        AuditEntry Entry(AuditVerdict verdict, string cluster, ResourceView? owner) => new(
            verdict, addon.Id, organisation, Printable.Of(addon.Name!, MaxName), Printable.Of(cluster, 128),
            owner is not null ? Place(owner) : Printable.Of(place.Namespace is null ? $"{kind.Name} {place.Name.Uid}" : $"{place.Namespace}/{kind.Name}/{place.ResourceName ?? "…"}", MaxName));
        if (place.Name.Cluster is not { } name)
        {
            return new(Entry(AuditVerdict.Unclaimed, owners is [var only] ? only.Cluster : "", owners.FirstOrDefault()), null);
        }

        if (clusters.FirstOrDefault(cluster => cluster.FormerOwnerNames.Prepend(cluster.OwnerName).Any(place.Name.IsIn)) is not { } home)
        {
            return new(Entry(AuditVerdict.OtherCluster, name, null), null);
        }

        var owner = owners.FirstOrDefault(resource => resource.Cluster == home.Id.Name);
        var isServed = home.Namespaces.Contains("*") || (place.Namespace is not null && home.Namespaces.Contains(place.Namespace));
        return new(Entry(isServed ? AuditVerdict.Orphan : AuditVerdict.NotServed, home.Id.Name, owner), owner);
    }

    private static IEnumerable<AuditEntry> Missing(IReadOnlyList<ResourceView> resources, IReadOnlyDictionary<string, IReadOnlyList<CleverAddon>> addons)
    {
        var ids = addons.Values.SelectMany(list => list).Select(addon => addon.Id).ToHashSet(StringComparer.Ordinal);
        return from resource in resources
               let id = resource.Field("addon")
               let organisation = resource.Field("organisation")
               where id.Length > 0 && addons.ContainsKey(organisation) && !ids.Contains(id)
               select new AuditEntry(AuditVerdict.Missing, id, organisation, "", resource.Cluster, Place(resource));
    }

    private static string Place(ResourceView resource) => $"{resource.Namespace}/{resource.Kind}/{resource.Name}";

    /// <param name="Owner">The resource whose add-on it is; null when it has none.</param>
    private sealed record Judged(AuditEntry Entry, ResourceView? Owner);
}
