using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CleverRemoteOperator.Observability.Metrics;

namespace CleverRemoteOperator.Observability.Pages;

/// <summary>What <c>/status</c> shows.</summary>
/// <param name="Alive">Whether the main loop makes progress.</param>
internal sealed record StatusPage(string Version, DateTimeOffset Started, bool Alive, IReadOnlyList<StatusPage.Cluster> Clusters)
{
    // Read by people and programs as JSON, never as part of a page.
    public static JsonTypeInfo<StatusPage> Json { get; } =
        new StatusJson(new JsonSerializerOptions(StatusJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).StatusPage;

    public static StatusPage Of(OperatorHealth health) => new(
        OperatorMetrics.Version, health.Started, health.IsAlive,
        [.. health.Clusters().Select(cluster => new Cluster(
            cluster.Name, cluster.State, cluster.Since, cluster.LastError, cluster.LastErrorAt, ByKind(cluster.Resources)))]);

    private static SortedDictionary<string, SortedDictionary<string, int>> ByKind(IReadOnlyList<ResourceCount> counts)
    {
        var kinds = new SortedDictionary<string, SortedDictionary<string, int>>(StringComparer.Ordinal);
        foreach (var (kind, state, count) in counts)
        {
            if (!kinds.TryGetValue(kind, out var states))
            {
                kinds[kind] = states = new SortedDictionary<string, int>(StringComparer.Ordinal);
            }

            states[state] = states.GetValueOrDefault(state) + count;
        }

        return kinds;
    }

    /// <summary>One cluster.</summary>
    /// <param name="Resources">How many, by kind and state.</param>
    internal sealed record Cluster(
        string Name, ClusterState State, DateTimeOffset Since, string? LastError, DateTimeOffset? LastErrorAt,
        SortedDictionary<string, SortedDictionary<string, int>> Resources);
}
