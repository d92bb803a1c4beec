using System.Net;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Configuration;

/// <summary>How the process itself behaves: section <c>[operator]</c>.</summary>
internal sealed record OperatorOptions
{
    /// <summary>Where probes are answered. Default <c>0.0.0.0:$PORT</c>, else port 8000.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Any, 8000);

    /// <summary>Where metrics and status are served. Default <c>127.0.0.1:9100</c>; equal to <see cref="Listen"/> = one port for both.</summary>
    public IPEndPoint MetricsListen { get; init; } = new(IPAddress.Loopback, 9100);

    /// <summary>Absolute paths of kubeconfig files and folders of them; each file is one cluster (<see cref="KubeconfigFiles"/>). Default <c>./kubeconfigs</c> where it exists.</summary>
    public IReadOnlyList<string> Kubeconfigs { get; init; } = [];

    /// <summary>Namespaces served in clusters that name none; <c>*</c> = all. Default <c>*</c>.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = ["*"];

    /// <summary>What the pod's own cluster is called where no <c>[[clusters]]</c> names it. Default <c>in-cluster</c>.</summary>
    public string ClusterName { get; init; } = ClusterFallbacks.InClusterName;

    /// <summary>Goes before the cluster's name in the names of add-ons, for accounts that several operators share. Default none.</summary>
    public string? Fleet { get; init; }

    /// <summary>How add-ons are named. Default <see cref="AddonNames.Own"/>.</summary>
    public AddonNames AddonNames { get; init; } = AddonNames.Own;

    /// <summary>
    /// Namespaces, <c>*</c> for all, whose resources may take over add-ons with credentials that are not the namespace's own. Default none.
    /// </summary>
    public IReadOnlyList<string> AllowAdoption { get; init; } = [];

    /// <summary>Organisations whose add-ons may be asked for; empty = all. Default all.</summary>
    public IReadOnlyList<string> AllowedOrganisations { get; init; } = [];

    /// <summary>What becomes of an add-on whose resource is deleted and says nothing of it. Default <see cref="DeletionPolicy.Delete"/>.</summary>
    public DeletionPolicy DeletionPolicy { get; init; } = DeletionPolicy.Delete;

    /// <summary>Whether the add-on of a resource that says nothing of it is not deleted until it says so. Default no.</summary>
    public bool DeletionProtection { get; init; }

    /// <summary>Whether only namespaces with credentials of their own are served. Default no.</summary>
    public bool RequireNamespaceCredentials { get; init; }

    /// <summary>How long a namespace whose own credentials went creates nothing with others. Default 60 s.</summary>
    public TimeSpan CredentialsGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the environment of an add-on in order is read again. Default 1 h.</summary>
    public TimeSpan EnvironmentRefresh { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Add-ons of one namespace that may be deleted within 10 min. Default 10.</summary>
    public int MaxDeletions { get; init; } = 10;

    /// <summary>Add-ons of one cluster that may be deleted within 10 min. Default 50.</summary>
    public int MaxClusterDeletions { get; init; } = 50;

    /// <summary>Reconciles at once in one cluster. Default 8.</summary>
    public int MaxConcurrentReconciles { get; init; } = 8;

    /// <summary>Reconciles at once in the process. Default 64.</summary>
    public int MaxConcurrentReconcilesInProcess { get; init; } = 64;

    /// <summary>Requests a second to the Clever API for one account, at most. Default 50.</summary>
    public int ApiRate { get; init; } = 50;

    /// <summary>Requests to the Clever API for one account at once after a quiet time. Default 100.</summary>
    public int ApiBurst { get; init; } = 100;

    /// <summary>How often a resource in order is looked at again, plus up to 10 % of jitter. Default 10 min.</summary>
    public TimeSpan Resync { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a list must go on without an add-on whose creation got no answer before it is created again. A creation that cannot leave
    /// within half of it after its mark does not: another instance may be about to make its own. Default 2 min.
    /// </summary>
    public TimeSpan CreationWindow { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Origins a namespace Secret may name as endpoint, beside the two public ones and the operator's own.</summary>
    public IReadOnlyList<Uri> AllowedEndpoints { get; init; } = [];

    /// <summary>Namespace of the Lease in each cluster. Default the first served namespace, else <c>default</c>.</summary>
    public string? LeaseNamespace { get; init; }

    /// <summary>Whether clusters are served without holding their Lease: only for a single instance. Default no.</summary>
    public bool NoLease { get; init; }

    /// <summary>Lines for people or for machines. Default text.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    /// <summary>The least important level that is written: trace, debug, information, warning, error. Default information.</summary>
    public Microsoft.Extensions.Logging.LogLevel LogLevel { get; init; } = Microsoft.Extensions.Logging.LogLevel.Information;

    /// <summary>Token that opens <c>/status</c> on a listener that is not loopback. Default none: loopback only.</summary>
    public string? StatusToken { get; init; }

    /// <summary>Never shows the status token.</summary>
    public override string ToString() => $"listen {Listen}, metrics {MetricsListen}, workers {MaxConcurrentReconciles} of {MaxConcurrentReconcilesInProcess}";
}

/// <summary>How add-ons are named at Clever Cloud.</summary>
internal enum AddonNames
{
    /// <summary>With the cluster's name, which proves whose an add-on is.</summary>
    Own,

    /// <summary>As Clever Cloud's own operator names them: whoever knows a resource's uid can claim its add-on.</summary>
    Reference,
}

/// <summary>How a log line is written.</summary>
internal enum LogFormat
{
    Text,
    Json,
}
