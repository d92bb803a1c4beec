using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.BuiltIn;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>Rules of a built-in kind: its fields are those of its schema, if it has one.</summary>
internal class BuiltInRules(string apiVersion, string kind) : ResourceRules
{
    private readonly StructuralSchema? _schema = BuiltInSchemas.Find(apiVersion, kind);

    public override void Decode(JsonObject value, ICollection<string> unknownFields) => DropUnknown(value, unknownFields);

    protected void DropUnknown(JsonObject value, ICollection<string> unknownFields) => _schema?.Prune(value, unknownFields);
}
