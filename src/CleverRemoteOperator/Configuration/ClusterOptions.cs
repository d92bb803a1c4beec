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
