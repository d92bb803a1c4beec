using CleverRemoteOperator.Commands.Fleet;

namespace CleverRemoteOperator.Commands.Status;

/// <summary>A line of <c>status</c>: a resource, or a cluster that could not be looked at, or not wholly.</summary>
/// <param name="Resource">Null for a cluster.</param>
internal sealed record StatusRow(string Cluster, ResourceView? Resource, string State, string Reason, string Message)
{
    /// <summary>State of a cluster of which nothing could be looked at.</summary>
    public const string NotSeen = "NotSeen";

    /// <summary>State of a cluster of which something could not.</summary>
    public const string PartlySeen = "PartlySeen";

    /// <summary>The clusters worst first, and in each the problems first.</summary>
    public static IReadOnlyList<(ClusterView Cluster, IReadOnlyList<StatusRow> Rows)> Order(IEnumerable<ClusterView> clusters, bool withReady) =>
    [
        .. from cluster in clusters
           orderby cluster.IsUnseen descending, cluster.Reason is not null descending, cluster.ReadyCount < cluster.Resources.Count descending, cluster.Name
           select (cluster, (IReadOnlyList<StatusRow>)[.. Rows(cluster, withReady)]),
    ];

    private static IEnumerable<StatusRow> Rows(ClusterView cluster, bool withReady)
    {
        if (cluster.Reason is { } reason)
        {
            yield return new(cluster.Name, null, cluster.IsUnseen ? NotSeen : cluster.IsIncomplete ? PartlySeen : "", reason, cluster.Message ?? "");
        }

        foreach (var resource in cluster.Resources.Where(resource => withReady || !resource.IsReady)
            .OrderBy(resource => resource.IsReady).ThenByDescending(resource => resource.IsStalled).ThenBy(resource => resource.State == "Deleting")
            .ThenBy(resource => resource.Namespace, StringComparer.Ordinal).ThenBy(resource => resource.Kind, StringComparer.Ordinal)
            .ThenBy(resource => resource.Name, StringComparer.Ordinal))
        {
            // What is in order needs no words.
            yield return new(cluster.Name, resource, resource.State, resource.Reason, resource.IsReady ? "" : resource.Message);
        }
    }
}
