using CleverRemoteOperator.Addons;

namespace CleverRemoteOperator.Configuration;

/// <summary>One cluster the operator serves: an entry of <c>[[clusters]]</c>, or of the environment.</summary>
internal sealed record ClusterOptions
{
    /// <summary>The cluster's name in logs, metrics and conditions: lower-case letters, digits and dashes.</summary>
    public required string Name { get; init; }

    /// <summary>Path of the kubeconfig; watched for changes. Exactly one of path, content and <see cref="InCluster"/> is given.</summary>
    public string? KubeconfigPath { get; init; }

    /// <summary>The kubeconfig itself (YAML).</summary>
    public string? KubeconfigContent { get; init; }

    /// <summary>True for the pod's own service account.</summary>
    public bool InCluster { get; init; }

    /// <summary>Context of the kubeconfig. Default its current context.</summary>
    public string? Context { get; init; }

    /// <summary>Namespaces served; absent = those of <c>[operator]</c>.</summary>
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>Names this cluster had before, alone or as <c>fleet.name</c>: add-ons claimed under them are its own.</summary>
    public IReadOnlyList<string> Formerly { get; init; } = [];

    /// <summary>Whether add-ons that bear no cluster's name are claimed without waiting for the other clusters. Default no.</summary>
    public bool Takeover { get; init; }

    /// <summary>Whether nothing is done for the cluster's resources but told. Default no.</summary>
    public bool Paused { get; init; }

    /// <summary>
    /// Namespaces, <c>*</c> for all, whose resources may take over add-ons with credentials that are not the namespace's own; absent = those of <c>[operator]</c>.
    /// </summary>
    public IReadOnlyList<string>? AllowAdoption { get; init; }

    /// <summary>Organisations whose add-ons may be asked for; empty = all, absent = those of <c>[operator]</c>.</summary>
    public IReadOnlyList<string>? AllowedOrganisations { get; init; }

    /// <summary>What becomes of an add-on whose resource is deleted and says nothing of it; absent = that of <c>[operator]</c>.</summary>
    public DeletionPolicy? DeletionPolicy { get; init; }

    /// <summary>Whether the add-on of a resource that says nothing of it is not deleted until it says so; absent = as <c>[operator]</c> says.</summary>
    public bool? DeletionProtection { get; init; }

    /// <summary>Whether only namespaces with credentials of their own are served; absent = as <c>[operator]</c> says.</summary>
    public bool? RequireNamespaceCredentials { get; init; }

    /// <summary>Whether the kubeconfig may run a program for its credentials. Default no.</summary>
    public bool AllowExec { get; init; }

    /// <summary>Whether the kubeconfig may refer to other files. Default no.</summary>
    public bool AllowFiles { get; init; }

    /// <summary>Whether plain HTTP and unverified certificates are accepted. Default no.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>Names of variables such a program sees beside the usual ones; one may end in <c>*</c>. Never those of the operator's own settings.</summary>
    public IReadOnlyList<string> ExecEnvironment { get; init; } = [];

    /// <summary>The cluster's own credentials, before the operator's.</summary>
    public CleverCredentials? Api { get; init; }

    /// <summary>Where this cluster was configured, for messages: a file and key, or a variable.</summary>
    public required string Source { get; init; }

    /// <summary>Whether these are only settings for a cluster whose kubeconfig is a file of <see cref="OperatorOptions.Kubeconfigs"/>.</summary>
    public bool IsWithoutKubeconfig => KubeconfigPath is null && KubeconfigContent is null && !InCluster;

    /// <summary>Never shows the kubeconfig's content.</summary>
    public override string ToString() => $"cluster {Name} from {Source}";
}
