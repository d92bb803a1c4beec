using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>Events in the form of events.k8s.io; the same objects with other field names.</summary>
internal sealed class NewEventRules() : EventRules("events.k8s.io/v1")
{
    private static readonly (string New, string Kept)[] Renamed =
    [
        ("regarding", "involvedObject"), ("note", "message"), ("reportingController", "reportingComponent"), ("deprecatedSource", "source"),
        ("deprecatedFirstTimestamp", "firstTimestamp"), ("deprecatedLastTimestamp", "lastTimestamp"), ("deprecatedCount", "count"),
    ];

    public override Action<JsonObject> FromStorage { get; } = value => Rename(value, Renamed.Select(pair => (pair.Kept, pair.New)));

    public override void ToStorage(JsonObject value)
    {
        Rename(value, Renamed);
        Core.Decode(value, []);
    }

    public override void Decode(JsonObject value, ICollection<string> unknownFields)
    {
        // Read and complete it in the form kept, then give it back in this one.
        DropUnknown(value, unknownFields);
        ToStorage(value);
        FromStorage(value);
    }

    private static void Rename(JsonObject value, IEnumerable<(string From, string To)> names)
    {
        foreach ((var from, var to) in names)
        {
            if (value.TryGetPropertyValue(from, out var node))
            {
                value.Remove(from);
                value[to] = node;
            }
        }
    }
}
