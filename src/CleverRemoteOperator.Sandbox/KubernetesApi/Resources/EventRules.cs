using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>Events in their first form, which is also the form kept.</summary>
internal class EventRules(string apiVersion) : BuiltInRules(apiVersion, "Event")
{
    private static readonly string[] Selectable =
    [
        "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
        "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
    ];

    public static EventRules Core { get; } = new("v1");

    public override bool AllowsCreateOnUpdate => true;

    public override IReadOnlyList<string> SelectableFields => Selectable;

    public override void Decode(JsonObject value, ICollection<string> unknownFields)
    {
        base.Decode(value, unknownFields);
        foreach (var name in (string[])["involvedObject", "source"])
        {
            value.Ensure(name);
        }

        foreach (var name in (string[])["firstTimestamp", "lastTimestamp", "eventTime"])
        {
            value.TryAdd(name, null);
        }

        foreach (var name in (string[])["reportingComponent", "reportingInstance"])
        {
            value[name] = value.Text(name) ?? "";
        }
    }

    public override IEnumerable<FieldError> Validate(JsonObject next, JsonObject? old)
    {
        var ns = next.Text("metadata", "namespace") ?? "";
        var about = next.Text("involvedObject", "namespace") ?? "";
        if (about.Length == 0 ? ns is not ("default" or "kube-system") : about != ns)
        {
            yield return FieldError.Invalid("involvedObject.namespace", JsonWords.Quote(about), "does not match event.namespace");
        }
    }

    public override IReadOnlyDictionary<string, string> Fields(JsonObject value) => Selectable.ToDictionary(
        field => field,
        field => field == "source" ? SourceOf(value) : value.Text(field.Split('.')) ?? "",
        StringComparer.Ordinal);

    private static string SourceOf(JsonObject value) => value.Text("source", "component") ?? value.Text("reportingComponent") ?? "";
}
