using CleverRemoteOperator.Commands.Fleet;

namespace CleverRemoteOperator.Commands.Status;

/// <summary>What <c>status</c> ends with.</summary>
internal static class StatusSums
{
    private const int MostReasons = 4;

    private static readonly string[] States = ["Ready", "NotReady", "Deleting"];

    /// <summary><c>3 clusters, 1 not seen; 38 resources: 36 Ready, 2 NotReady</c>.</summary>
    public static string Total(IReadOnlyList<ClusterView> clusters)
    {
        var unseen = clusters.Count(cluster => cluster.IsUnseen);
        var partly = clusters.Count(cluster => cluster.IsIncomplete && !cluster.IsUnseen);
        var resources = clusters.SelectMany(cluster => cluster.Resources).ToList();
        var states = States.Select(state => (State: state, Count: resources.Count(resource => resource.State == state)))
            .Where(state => state.Count > 0 || state.State == "Ready").Select(state => $"{state.Count} {state.State}");
        return Counted(clusters.Count, "cluster") + (unseen == 0 ? "" : $", {unseen} not seen") + (partly == 0 ? "" : $", {partly} partly seen")
            + $"; {Counted(resources.Count, "resource")}: {string.Join(", ", states)}";
    }

    /// <summary><c>36 of 38 Ready</c>, or that it was not seen.</summary>
    public static string Ready(ClusterView cluster) => cluster.IsUnseen ? "not seen" : $"{cluster.ReadyCount} of {cluster.Resources.Count} Ready";

    /// <summary>What keeps the others from it, the most frequent first: <c>2 PlanNotAvailable, 1 Migrating</c>.</summary>
    public static string Why(ClusterView cluster)
    {
        var reasons = cluster.Resources.Where(resource => !resource.IsReady)
            .GroupBy(resource => resource.Reason.Length > 0 ? resource.Reason : resource.State, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} {group.Key}").ToList();
        var shown = reasons.Take(MostReasons).Concat(reasons.Count > MostReasons ? [$"{reasons.Count - MostReasons} more reasons"] : []);
        return string.Join(", ", (cluster.Reason is { } reason ? [reason] : Array.Empty<string>()).Concat(shown));
    }

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
