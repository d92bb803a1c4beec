using System.Text.Json.Serialization;
using CleverRemoteOperator.Addons;

namespace CleverRemoteOperator.Benchmarks.Load;

/// <summary>How large a fleet is and what is done with it; with the seed enough to repeat a run.</summary>
internal sealed record LoadOptions
{
    /// <summary>How many a scenario needs.</summary>
    [JsonIgnore]
    public int FewestClusters { get; init; } = 1;

    public int Clusters { get; init; } = 4;

    /// <summary>Namespaces served in each cluster.</summary>
    public int Namespaces { get; init; } = 5;

    /// <summary>Resources created in each namespace at once.</summary>
    public int Resources { get; init; } = 20;

    /// <summary>The kinds whose definitions every cluster has; the operator watches them all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [.. AddonCatalog.All.Select(kind => kind.Name)];

    /// <summary>Resources created a second, one after the other.</summary>
    public double Rate { get; init; } = 20;

    /// <summary>For how long.</summary>
    public TimeSpan Trickle { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long nothing happens.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long the Clever API holds back each answer.</summary>
    public TimeSpan ApiLatency { get; init; }

    /// <summary>The operator's setting <c>resync</c>.</summary>
    public TimeSpan Resync { get; init; } = TimeSpan.FromMinutes(10);

    public WatchScope Scope { get; init; } = WatchScope.Namespaces;

    /// <summary>Folder with kube-apiserver and etcd; null = sandbox clusters.</summary>
    public string? Assets { get; init; }

    /// <summary>Folder with a published operator; null = one is published first.</summary>
    public string? Operator { get; init; }

    /// <summary>Publishes the operator for the .NET runtime, not as a native program.</summary>
    public bool IsManaged { get; init; }

    public int Seed { get; init; }

    public int Runs { get; init; } = 1;

    /// <summary>Where everything is written as JSON; null = nowhere.</summary>
    [JsonIgnore]
    public string? Json { get; init; }

    /// <summary>The kind of the resources that are created.</summary>
    [JsonIgnore]
    public AddonKind Created => AddonCatalog.Find(Kinds.Contains("PostgreSQL") ? "PostgreSQL" : Kinds[0])!;

    [JsonIgnore]
    public IEnumerable<AddonKind> WatchedKinds => Kinds.Select(name => AddonCatalog.Find(name)!);

    [JsonIgnore]
    public IReadOnlyList<string> NamespaceNames => [.. Enumerable.Range(1, Namespaces).Select(number => $"team-{number}")];

    /// <summary>Namespaces that are served beside those.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> OtherNamespaces { get; init; } = [];

    /// <summary>How many loops the operator has in one cluster.</summary>
    [JsonIgnore]
    public int Loops => Scope == WatchScope.Cluster ? 1 : Namespaces + OtherNamespaces.Count;
}

/// <summary>Where one loop of the operator watches.</summary>
internal enum WatchScope
{
    /// <summary>One loop a namespace.</summary>
    Namespaces,

    /// <summary>One loop over the whole cluster.</summary>
    Cluster,
}
