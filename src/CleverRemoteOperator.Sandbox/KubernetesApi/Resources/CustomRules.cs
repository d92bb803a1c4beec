using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>Custom resources of one version of a definition.</summary>
internal sealed class CustomRules(StructuralSchema schema, bool hasStatus, JsonArray? printerColumns) : ResourceRules
{
    private static readonly string[] OutsideSpec = ["apiVersion", "kind", "metadata"];

    public override bool AllowsUnconditionalUpdate => false;

    public override bool AllowsStrategicMerge => false;

    public override StructuralSchema Schema => schema;

    public override JsonArray? PrinterColumns => printerColumns;

    public override void Decode(JsonObject value, ICollection<string> unknownFields)
    {
        schema.Prune(value, unknownFields);
        schema.ApplyDefaults(value);
    }

    public override void PrepareForCreate(JsonObject value)
    {
        if (hasStatus)
        {
            value.Remove("status");
        }

        value.Ensure("metadata")["generation"] = 1;
    }

    public override void PrepareForUpdate(JsonObject next, JsonObject old, string? subresource)
    {
        if (subresource == "status")
        {
            KeepAllButStatus(next, old);
            return;
        }

        if (hasStatus)
        {
            Restore(next, old, "status");
        }

        var generation = old.Number("metadata", "generation") ?? 1;
        next.Ensure("metadata")["generation"] = SameSpec(next, old) ? generation : generation + 1;
    }

    public override IEnumerable<FieldError> Validate(JsonObject next, JsonObject? old) => schema.Validate(next, old);

    /// <remarks>The status is looked at by itself: its messages name a field by its place in there.</remarks>
    public override IEnumerable<FieldError> ValidateStatus(JsonObject next, JsonObject? old) => Validate(next, old).Select(error =>
        error with { Detail = error.Detail.Replace($"{error.Path} in body", $"{error.Path[(error.Path.IndexOf('.', StringComparison.Ordinal) + 1)..]} in body", StringComparison.Ordinal) });

    private bool SameSpec(JsonObject next, JsonObject old) => next.Select(pair => pair.Key).Union(old.Select(pair => pair.Key), StringComparer.Ordinal)
        .Where(name => !OutsideSpec.Contains(name) && !(hasStatus && name == "status"))
        .All(name => JsonNode.DeepEquals(next[name], old[name]));

    private static void KeepAllButStatus(JsonObject next, JsonObject old)
    {
        var managers = next["metadata"]?["managedFields"]?.DeepClone();
        foreach (var name in next.Select(pair => pair.Key).Union(old.Select(pair => pair.Key), StringComparer.Ordinal).Where(name => name != "status").ToArray())
        {
            Restore(next, old, name);
        }

        if (managers is not null)
        {
            next.Ensure("metadata")["managedFields"] = managers;
        }
    }

    private static void Restore(JsonObject next, JsonObject old, string name)
    {
        if (old.TryGetPropertyValue(name, out var value))
        {
            next[name] = value?.DeepClone();
        }
        else
        {
            next.Remove(name);
        }
    }
}
