using System.Text.Json.Nodes;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Commands.Screens;

namespace CleverRemoteOperator.Commands.Status;

/// <summary>Shows the fleet to a program.</summary>
internal static class StatusData
{
    // Fields of the status that name things; none is a secret.
    private static readonly string[] Fields =
        ["plan", "region", "version", "addon", "addonRealId", "organisation", "account", "credentialSource", "secret", "onDeletion"];

    public static JsonObject Of(IReadOnlyList<ClusterView> clusters, bool withReady)
    {
        var ordered = StatusRow.Order(clusters, withReady);
        return new JsonObject
        {
            ["clusters"] = new JsonArray([.. ordered.Select(cluster => Of(cluster.Cluster))]),
            ["resources"] = new JsonArray([.. ordered.SelectMany(cluster => cluster.Rows).Where(row => row.Resource is not null).Select(row => Of(row.Resource!))]),
        };
    }

    private static JsonObject Of(ClusterView cluster) => DataText.Object(
        ("name", cluster.Name),
        ("seen", cluster.IsUnseen ? "None" : cluster.IsIncomplete ? "Partly" : "All"),
        ("reason", cluster.Reason),
        ("message", cluster.Message),
        ("resources", cluster.IsUnseen ? null : cluster.Resources.Count),
        ("ready", cluster.IsUnseen ? null : cluster.ReadyCount));

    private static JsonObject Of(ResourceView resource) => DataText.Object(
    [
        ("cluster", resource.Cluster),
        ("namespace", resource.Namespace),
        ("apiVersion", resource.Type.ApiVersion),
        ("kind", resource.Kind),
        ("name", resource.Name),
        ("uid", resource.Resource.Uid),
        ("state", resource.State),
        ("reason", NullIfEmpty(resource.Reason)),
        ("message", NullIfEmpty(resource.Message)),
        ("stalled", resource.IsStalled),
        ("since", DataText.Time(resource.Since)),
        ("created", DataText.Time(resource.Resource.CreationTimestamp)),
        .. Fields.Select(field => (field, (JsonNode?)NullIfEmpty(resource.Field(field)))),
    ]);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
