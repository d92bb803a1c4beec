using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>Custom resource definitions.</summary>
internal sealed class DefinitionRules() : BuiltInRules("apiextensions.k8s.io/v1", "CustomResourceDefinition")
{
    public const string Finalizer = "customresourcecleanup.apiextensions.k8s.io";

    // What nobody may change, and what nobody may once it is served.
    private static readonly string[][] Always = [["spec", "group"], ["spec", "names", "plural"]];
    private static readonly string[][] Established = [["spec", "scope"], ["spec", "names", "kind"]];

    public override bool AllowsUnconditionalUpdate => false;

    public override void Decode(JsonObject value, ICollection<string> unknownFields)
    {
        base.Decode(value, unknownFields);
        if (value.Map("spec") is not { } spec)
        {
            return;
        }

        if (spec.Map("names") is { } names && names.Text("kind") is { Length: > 0 } kind)
        {
            names["singular"] = names.Text("singular") is { Length: > 0 } singular ? singular : kind.ToLowerInvariant();
            names["listKind"] = names.Text("listKind") is { Length: > 0 } listKind ? listKind : kind + "List";
        }

        var conversion = spec.Ensure("conversion");
        conversion["strategy"] = conversion.Text("strategy") ?? "None";
        if (!spec.Flag("preserveUnknownFields"))
        {
            spec.Remove("preserveUnknownFields");
        }

        DropEmpty(spec);
    }

    // What a definition says by default it does not say at all.
    private static void DropEmpty(JsonObject spec)
    {
        foreach (var list in (string[])["shortNames", "categories"])
        {
            if (spec.Map("names") is { } names && names[list] is JsonArray { Count: 0 })
            {
                names.Remove(list);
            }
        }

        foreach (var column in spec.Maps("versions").SelectMany(version => version.Maps("additionalPrinterColumns")).Where(column => column.Number("priority") == 0))
        {
            column.Remove("priority");
        }
    }

    public override void PrepareForCreate(JsonObject value)
    {
        value.Ensure("metadata")["generation"] = 1;
        value["status"] = new JsonObject
        {
            ["conditions"] = null,
            ["acceptedNames"] = new JsonObject { ["plural"] = "", ["kind"] = "" },
            ["storedVersions"] = StorageVersions(value).ToJson(),
        };
    }

    public override void PrepareForUpdate(JsonObject next, JsonObject old, string? subresource)
    {
        var kept = subresource == "status" ? "spec" : "status";
        next[kept] = old[kept]?.DeepClone();
        if (kept == "status")
        {
            var stored = next.Texts("status", "storedVersions");
            next.Ensure("status")["storedVersions"] = stored.Union(StorageVersions(next), StringComparer.Ordinal).ToJson();
        }

        var generation = old.Number("metadata", "generation") ?? 1;
        next.Ensure("metadata")["generation"] = JsonNode.DeepEquals(next["spec"], old["spec"]) ? generation : generation + 1;
    }

    public override void PrepareForDelete(JsonObject value, DateTimeOffset now)
    {
        // Unlike a custom resource, a definition keeps its generation and gets no grace period.
        value.Ensure("metadata").Remove("deletionGracePeriodSeconds");
        value.Ensure("metadata")["generation"] = value.Number("metadata", "generation") - 1;
        value.Ensure("metadata")["finalizers"] = value.Texts("metadata", "finalizers").Append(Finalizer).Distinct(StringComparer.Ordinal).ToJson();
        DefinitionStatus.SetCondition(value, "Terminating", true, "InstanceDeletionPending", "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon", now);
    }

    public override IEnumerable<FieldError> Validate(JsonObject next, JsonObject? old)
    {
        foreach (var path in old is null ? [] : DefinitionStatus.IsEstablished(old) ? [.. Established, .. Always] : Always)
        {
            if (next.Text(path) is { } value && value != old!.Text(path))
            {
                yield return FieldError.Invalid(string.Join('.', path), JsonWords.Quote(value), "field is immutable");
            }
        }

        foreach (var error in CustomResourceDefinitionRules.Validate(next, isNew: old is null))
        {
            yield return error;
        }
    }

    private static IEnumerable<string> StorageVersions(JsonObject definition) =>
        definition.Maps("spec", "versions").Where(version => version.Flag("storage")).Select(version => version.Text("name")).OfType<string>();
}
