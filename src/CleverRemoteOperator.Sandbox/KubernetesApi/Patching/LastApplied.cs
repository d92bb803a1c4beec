using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>
/// The annotation in which kubectl's client-side apply keeps what it applied. A server-side apply of kubectl goes on from there: what
/// is as it was applied counts as its own, and the annotation is kept up to date.
/// </summary>
internal static class LastApplied
{
    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";
    private const string Manager = "kubectl";

    /// <summary>The fields that are still as the annotation has them; none for other managers, or without one that can be read.</summary>
    public static FieldSet Unchanged(JsonObject live, string manager, StructuralSchema? schema)
    {
        if (manager != Manager || Read(live) is not { } configuration)
        {
            return new FieldSet();
        }

        var shape = FieldShape.Of(configuration, schema);
        var changes = OwnedFields.Compare(configuration, live, shape);
        return OwnedFields.Of(configuration, shape).Difference(changes.Added.Union(changes.Modified).Union(changes.Removed));
    }

    /// <summary>Writes the configuration into the annotation, where there is one already.</summary>
    public static void Renew(JsonObject merged, JsonObject configuration, string manager)
    {
        if (manager != Manager || Text(merged) is null)
        {
            return;
        }

        var copy = configuration.DeepClone().AsObject();
        (copy["metadata"]?["annotations"] as JsonObject)?.Remove(Annotation);
        merged["metadata"]!["annotations"]![Annotation] = JsonWords.Compact(copy) + "\n";
    }

    private static JsonObject? Read(JsonObject live)
    {
        try
        {
            return Text(live) is { } text ? JsonNode.Parse(text) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject resource) =>
        resource.At("metadata", "annotations", Annotation) is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
