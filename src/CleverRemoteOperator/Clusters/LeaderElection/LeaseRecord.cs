using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;
using k8s.Models;

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
    public static LeaseRecord Read(V1Lease lease)
    {
        var (spec, notes) = (lease.Spec, lease.Metadata?.Annotations);
        return new LeaseRecord(
            spec?.HolderIdentity ?? "", Note(NextAnnotation), Utc(spec?.RenewTime), Utc(spec?.AcquireTime), spec?.LeaseTransitions ?? 0,
            ReadInstances(Note(InstancesAnnotation)))
        {
            Cluster = Short(Note(ClusterAnnotation)),
            Original = Short(Note(OriginalAnnotation)),
            Deletions = Note(DeletionsAnnotation),
        };

        string Note(string name) => notes?.TryGetValue(name, out var text) == true ? text ?? "" : "";
    }

    /// <summary>The Lease to write. Pass what was read as <paramref name="existing"/>: the write fails if it has changed since.</summary>
    public V1Lease Write(string @namespace, V1Lease? existing, TimeSpan duration) => new()
    {
        ApiVersion = ApiResource.Leases.ApiVersion,
        Kind = ApiResource.Leases.Kind,
        Metadata = new()
        {
            Name = Name,
            NamespaceProperty = @namespace,
            ResourceVersion = existing?.Metadata?.ResourceVersion,
            Annotations = new Dictionary<string, string>
            {
                [InstancesAnnotation] = new JsonObject(Instances.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)new JsonObject
                {
                    ["seen"] = pair.Value.Seen.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
                    ["serves"] = pair.Value.Serves,
                    ["nonce"] = pair.Value.Nonce,
                }))).ToJsonString(),
                [NextAnnotation] = Next,
                [ClusterAnnotation] = Cluster,
                [OriginalAnnotation] = Original,
                [DeletionsAnnotation] = Deletions,
            },
        },
        Spec = new()
        {
            HolderIdentity = Holder,
            LeaseDurationSeconds = (int)duration.TotalSeconds,
            AcquireTime = Acquired.UtcDateTime,
            RenewTime = Renewed.UtcDateTime,
            LeaseTransitions = Transitions,
        },
    };

    private static Dictionary<string, LeaseInstance> ReadInstances(string text)
    {
        return (JsonAnswer.TryParse(Encoding.UTF8.GetBytes(text)) ?? [])
            .Take(MaxInstances)
            .Where(pair => pair.Value is JsonObject)
            .ToDictionary(
                pair => pair.Key,
                pair => new LeaseInstance(Time(pair.Value.Text("seen")), pair.Value!["serves"] is JsonValue count && count.TryGetValue<int>(out var serves) ? serves : 0)
                {
                    Nonce = Short(pair.Value.Text("nonce")),
                },
                StringComparer.Ordinal);
    }

    // We never write anything longer.
    private static string Short(string? text) => text is { Length: <= 128 } ? text : "";

    private static DateTimeOffset Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : default;

    private static DateTimeOffset Utc(DateTime? time) => time is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : default;
}

/// <summary>An instance of the operator, as its entry in a Lease says.</summary>
/// <param name="Seen">When it last wrote this.</param>
/// <param name="Serves">How many clusters it serves.</param>
internal sealed record LeaseInstance(DateTimeOffset Seen, int Serves)
{
    /// <summary>What it wrote last to find out whether two clusters are one server; empty for nothing.</summary>
    public string Nonce { get; init; } = "";
}
