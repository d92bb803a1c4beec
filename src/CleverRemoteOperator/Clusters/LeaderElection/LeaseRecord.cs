using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>A cluster's Lease: who serves the cluster, and which instances could.</summary>
/// <param name="Holder">The instance that serves the cluster; empty when nobody does.</param>
/// <param name="Next">The instance a holder released it for; empty for whoever comes first.</param>
/// <param name="Instances">Every instance seen here; each writes its own entry.</param>
internal sealed record LeaseRecord(
    string Holder, string Next, DateTimeOffset Renewed, DateTimeOffset Acquired, int Transitions, IReadOnlyDictionary<string, LeaseInstance> Instances)
{
    /// <summary>Name of the Lease in each cluster.</summary>
    public const string Name = OperatorNames.Own;

    private const string ClusterAnnotation = "api.clever-cloud.com/cluster";
    private const string OriginalAnnotation = "api.clever-cloud.com/clone-of";
    private const string DeletionsAnnotation = "api.clever-cloud.com/deletions";
    private const string InstancesAnnotation = "api.clever-cloud.com/instances";
    private const string NextAnnotation = "api.clever-cloud.com/next";
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    /// <summary>More instances than this are ignored: anyone allowed to write the Lease could fill it.</summary>
    private const int MaxInstances = 64;

    /// <summary>The add-ons deleted recently, as <see cref="Reconciling.Remembering.DeletionLedger"/> writes them; empty when there are none.</summary>
    public string Deletions { get; init; } = "";

    public static LeaseRecord Empty { get; } = new("", "", default, default, 0, new Dictionary<string, LeaseInstance>());

    /// <summary>Owner name under which the cluster was last served; empty when unknown. In a copied cluster it names the original.</summary>
    public string Cluster { get; init; } = "";

    /// <summary>Owner name of the cluster it is known to be a copy of; empty for none.</summary>
    public string Original { get; init; } = "";

    /// <summary>Reads a Lease; missing and malformed fields count as absent.</summary>
    public static LeaseRecord Read(JsonObject lease)
    {
        var spec = lease["spec"] as JsonObject ?? [];
        var annotations = (lease["metadata"] as JsonObject)?["annotations"] as JsonObject ?? [];
        return new LeaseRecord(
            Text(spec["holderIdentity"]), Text(annotations[NextAnnotation]), Time(spec["renewTime"]), Time(spec["acquireTime"]),
            spec["leaseTransitions"] is JsonValue count && count.TryGetValue<int>(out var transitions) ? transitions : 0,
            ReadInstances(Text(annotations[InstancesAnnotation])))
        {
            Cluster = Short(annotations[ClusterAnnotation]),
            Original = Short(annotations[OriginalAnnotation]),
            Deletions = Text(annotations[DeletionsAnnotation]),
        };
    }

    /// <summary>The Lease to write. Pass what was read as <paramref name="existing"/>: the write fails if it has changed since.</summary>
    public JsonObject Write(string @namespace, JsonObject? existing, TimeSpan duration) => new()
    {
        ["apiVersion"] = "coordination.k8s.io/v1",
        ["kind"] = "Lease",
        ["metadata"] = new JsonObject
        {
            ["name"] = Name,
            ["namespace"] = @namespace,
            ["resourceVersion"] = (existing?["metadata"] as JsonObject)?["resourceVersion"]?.DeepClone(),
            ["annotations"] = new JsonObject
            {
                [InstancesAnnotation] = new JsonObject(Instances.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)new JsonObject
                {
                    ["seen"] = Format(pair.Value.Seen),
                    ["serves"] = pair.Value.Serves,
                    ["nonce"] = pair.Value.Nonce,
                }))).ToJsonString(),
                [NextAnnotation] = Next,
                [ClusterAnnotation] = Cluster,
                [OriginalAnnotation] = Original,
                [DeletionsAnnotation] = Deletions,
            },
        },
        ["spec"] = new JsonObject
        {
            ["holderIdentity"] = Holder,
            ["leaseDurationSeconds"] = (int)duration.TotalSeconds,
            ["acquireTime"] = Format(Acquired),
            ["renewTime"] = Format(Renewed),
            ["leaseTransitions"] = Transitions,
        },
    };

    private static Dictionary<string, LeaseInstance> ReadInstances(string text)
    {
        return (JsonAnswer.TryParse(Encoding.UTF8.GetBytes(text)) ?? [])
            .Take(MaxInstances)
            .Where(pair => pair.Value is JsonObject)
            .ToDictionary(
                pair => pair.Key,
                pair => new LeaseInstance(Time(pair.Value!["seen"]), pair.Value["serves"] is JsonValue count && count.TryGetValue<int>(out var serves) ? serves : 0)
                {
                    Nonce = Short(pair.Value["nonce"]),
                },
                StringComparer.Ordinal);
    }

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    // We never write anything longer.
    private static string Short(JsonNode? node) => Text(node) is { Length: <= 128 } text ? text : "";

    private static DateTimeOffset Time(JsonNode? node) =>
        DateTimeOffset.TryParse(Text(node), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : default;

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
}

/// <summary>An instance of the operator, as its entry in a Lease says.</summary>
/// <param name="Seen">When it last wrote this.</param>
/// <param name="Serves">How many clusters it serves.</param>
internal sealed record LeaseInstance(DateTimeOffset Seen, int Serves)
{
    /// <summary>What it wrote last to find out whether two clusters are one server; empty for nothing.</summary>
    public string Nonce { get; init; } = "";
}
