using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>Namespaces: they go only when the finalizers of their spec have gone, after what is in them.</summary>
internal sealed class NamespaceRules() : BuiltInRules("v1", "Namespace")
{
    public const string Finalizer = "kubernetes";

    public override FieldError? CheckName(string name) => Names.CheckLabel(name);

    public override void Decode(JsonObject value, ICollection<string> unknownFields)
    {
        base.Decode(value, unknownFields);
        if (value.Text("metadata", "name") is { } name)
        {
            value.Ensure("metadata").Ensure("labels")["kubernetes.io/metadata.name"] = name;
        }
    }

    public override void PrepareForCreate(JsonObject value)
    {
        var finalizers = value.Texts("spec", "finalizers");
        value["spec"] = new JsonObject { ["finalizers"] = finalizers.Append(Finalizer).Distinct(StringComparer.Ordinal).ToJson() };
        value["status"] = new JsonObject { ["phase"] = "Active" };
    }

    public override void PrepareForUpdate(JsonObject next, JsonObject old, string? subresource)
    {
        if (subresource != "finalize")
        {
            next["spec"] = old["spec"]?.DeepClone();
        }

        if (subresource != "status")
        {
            next["status"] = old["status"]?.DeepClone();
        }
    }

    public override void PrepareForDelete(JsonObject value, DateTimeOffset now)
    {
        value.Ensure("metadata").Remove("deletionGracePeriodSeconds");
        value.Ensure("status")["phase"] = "Terminating";
    }

    public override bool IsHeld(JsonObject value) => base.IsHeld(value) || value.Texts("spec", "finalizers").Length > 0;
}
