using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Commands;

/// <summary>What a person wants to know of a kubeconfig before it is used. Whether it may be used is decided when it is loaded.</summary>
/// <param name="Context">The context that will be used.</param>
/// <param name="Server">Host and port of its server.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record KubeconfigSummary(string? Context, string? Server, string? Problem)
{
    public static KubeconfigSummary Of(ClusterOptions cluster)
    {
        if (cluster.InCluster)
        {
            return new(null, "of the pod", null);
        }
        var whyNot = "";
        var text = cluster.KubeconfigContent ?? BoundedFile.Read(cluster.KubeconfigPath!, out whyNot);
        if (text is null)
        {
            return new(null, null, $"the kubeconfig {whyNot}");
        }
        try
        {
            return Of(DocumentText.Parse(text, DocumentFormat.Yaml), cluster.Context);
        }
        catch (DocumentException e)
        {
            return new(null, null, $"the kubeconfig is not readable: {e.Message}");
        }
    }

    private static KubeconfigSummary Of(JsonObject kubeconfig, string? wanted)
    {
        var name = wanted ?? Text(kubeconfig["current-context"]);
        if (name is null)
        {
            return new(null, null, "the kubeconfig has no current-context; allowed: one in it, or the setting context");
        }
        if (Named(kubeconfig["contexts"], name)?["context"] is not JsonObject context)
        {
            return new(name, null, $"the kubeconfig has no context {Printable.Of(name)}; allowed: {Names(kubeconfig["contexts"])}");
        }
        var server = Text(context["cluster"]) is { } cluster ? Text((Named(kubeconfig["clusters"], cluster)?["cluster"] as JsonObject)?["server"]) : null;
        return Uri.TryCreate(server, UriKind.Absolute, out var uri)
            ? new(name, uri.Authority, null)
            : new(name, null, $"the kubeconfig has no server for context {Printable.Of(name)}");
    }

    private static JsonObject? Named(JsonNode? list, string name) =>
        (list as JsonArray)?.OfType<JsonObject>().FirstOrDefault(entry => Text(entry["name"]) == name);

    private static string Names(JsonNode? list) => string.Join(", ",
        (list as JsonArray)?.OfType<JsonObject>().Select(entry => Text(entry["name"])).OfType<string>().Select(Printable.Of) ?? []);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
