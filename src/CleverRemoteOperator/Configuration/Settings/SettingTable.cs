using System.Net;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Configuration.Settings;

/// <summary>The table of all settings. Files, variables, the unknown-key check, <c>--check</c> and the documentation are made from it.</summary>
internal static class SettingTable
{
    public const string ApiSection = "api";
    public const string OperatorSection = "operator";
    public const string ClustersSection = "clusters";
    public const string ClustersApiSection = "clusters.api";
    private const string KubeconfigChoice = "kubeconfig";

    public static readonly IReadOnlyList<SettingDefinition<CredentialsDraft>> Api = Credentials(ApiSection);

    public static readonly IReadOnlyList<SettingDefinition<CredentialsDraft>> ClustersApi = Credentials(ClustersApiSection);

    public static readonly IReadOnlyList<SettingDefinition<OperatorOptions>> Operator =
    [
        Of("listen", ValueForms.Listener(IPAddress.Any), "0.0.0.0:8000",
            "Address for health probes. If unset, the variable `PORT` sets the port.", (o, v) => o with { Listen = v }),
        Of("metrics-listen", ValueForms.Listener(IPAddress.Loopback), "127.0.0.1:9100",
            "Address for metrics and status. Use the value of `listen` to serve both on one port.", (o, v) => o with { MetricsListen = v }),
        new()
        {
            Section = OperatorSection, Key = "kubeconfigs", Allowed = ValueForms.Paths.Allowed, IsPath = true, Separator = ':',
            OtherVariable = $"{EnvironmentSettings.Prefix}KUBECONFIGS",
            Description = "Kubeconfig files and folders; each file is one cluster, named after the file without its extension. Default: `./kubeconfigs`, if it exists. In a variable, separate entries with `:`.",
            Bind = Into<OperatorOptions, IReadOnlyList<string>>(ValueForms.Paths, (o, v) => o with { Kubeconfigs = v }),
        },
        Of("namespaces", ValueForms.Namespaces, "*",
            "Namespaces to serve in clusters that set none; `*` means all.", (o, v) => o with { Namespaces = v }),
        Of("cluster-name", ValueForms.Label, ClusterFallbacks.InClusterName,
            "Name of the cluster the operator runs in, if no `[[clusters]]` entry names it. Add-ons carry it: a restored copy of the cluster needs another name.", (o, v) => o with { ClusterName = v }),
        Of("fleet", ValueForms.Label, "",
            "Prefix of the cluster name in add-on names (`fleet.cluster`), for accounts that several operators share.", (o, v) => o with { Fleet = v }),
        Of("addon-names", ValueForms.AddonNames, "own",
            "How to name add-ons: `own` includes the cluster name; `reference` is the format of Clever Cloud's own operator, which proves less.", (o, v) => o with { AddonNames = v }),
        Of("allowed-organisations", ValueForms.Organisations, "",
            "Organisations that resources may use. Default: all.", (o, v) => o with { AllowedOrganisations = v }),
        Of("allow-adoption", ValueForms.Namespaces, "",
            "Namespaces whose resources may adopt add-ons with credentials that are not the namespace's own; `*` means all. Default: none.", (o, v) => o with { AllowAdoption = v }),
        Of("deletion-policy", ValueForms.DeletionPolicy, "Delete",
            "What happens to the add-on of a deleted resource that sets no policy.", (o, v) => o with { DeletionPolicy = v }),
        Of("deletion-protection", ValueForms.Boolean, "false",
            "Whether to protect add-ons from deletion when their resource does not say.", (o, v) => o with { DeletionProtection = v }),
        Of("require-namespace-credentials", ValueForms.Boolean, "false",
            "Whether to serve only namespaces with their own credentials.", (o, v) => o with { RequireNamespaceCredentials = v }),
        Of("credentials-grace", ValueForms.Duration, "60s",
            "How long a namespace that lost its own credentials creates nothing with other credentials.", (o, v) => o with { CredentialsGrace = v }),
        Of("max-deletions", ValueForms.Number(0, 100_000), "10",
            "Add-ons of one namespace that may be deleted within 10 minutes; further deletions wait.", (o, v) => o with { MaxDeletions = v }),
        Of("max-cluster-deletions", ValueForms.Number(0, 100_000), "50",
            "Add-ons of one cluster that may be deleted within 10 minutes; further deletions wait.", (o, v) => o with { MaxClusterDeletions = v }),
        Of("workers", ValueForms.Number(1, 1000), "8", "Concurrent reconciles per cluster.", (o, v) => o with { MaxConcurrentReconciles = v }),
        Of("max-workers", ValueForms.Number(1, 10_000), "64", "Concurrent reconciles in the process.", (o, v) => o with { MaxConcurrentReconcilesInProcess = v }),
        Of("api-rate", ValueForms.Number(1, 100_000), "50",
            "Maximum requests per second to the Clever API, per account.", (o, v) => o with { ApiRate = v }),
        Of("api-burst", ValueForms.Number(1, 100_000), "100",
            "Maximum burst of requests to the Clever API, per account.", (o, v) => o with { ApiBurst = v }),
        Of("resync", ValueForms.Duration, "10m",
            "Interval between checks of a resource that is in order, plus up to 10 % jitter.", (o, v) => o with { Resync = v }),
        Of("environment-refresh", ValueForms.Duration, "1h",
            "Interval between reads of the environment of an add-on that is in order, plus up to 10 % jitter: a password changed at Clever Cloud reaches the Secret within it.",
            (o, v) => o with { EnvironmentRefresh = v }),
        Of("creation-window", ValueForms.Duration, "2m",
            "How long to look for an add-on whose creation got no answer before creating it again. A request delayed for half of that is not sent.", (o, v) => o with { CreationWindow = v }),
        Of("allowed-endpoints", ValueForms.Origins, "",
            "Endpoints that namespace Secrets may use, besides the two public ones and the operator's own.", (o, v) => o with { AllowedEndpoints = v }),
        Of("lease-namespace", ValueForms.Label, "",
            "Namespace of the Lease in each cluster. Default: the first served namespace, or `default`.", (o, v) => o with { LeaseNamespace = v }),
        Of("log-format", ValueForms.LogFormat, "text", "Log format: `text` for people, `json` for machines.", (o, v) => o with { LogFormat = v }),
        Of("log-level", ValueForms.LogLevel, "information",
            "Minimum log level. The option `-v` sets debug, `-vv` trace.", (o, v) => o with { LogLevel = v }),
        new()
        {
            Section = OperatorSection, Key = "status-token", Allowed = ValueForms.Text.Allowed, Secret = true,
            Description = "Token required for `/status` on a listener that is not loopback.",
            Bind = Into<OperatorOptions, string>(ValueForms.Text, (o, v) => o with { StatusToken = v }),
        },
    ];

    public static readonly IReadOnlyList<SettingDefinition<ClusterOptions>> Clusters =
    [
        Cluster("name", ValueForms.Label, "", "Name of the cluster in logs, metrics and messages. Required.", (o, v) => o with { Name = v }),
        new()
        {
            Section = ClustersSection, Key = "kubeconfig", Allowed = ValueForms.Text.Allowed, IsPath = true, Choice = KubeconfigChoice, VariableEnd = "KUBECONFIG_PATH",
            Description = "Path of the kubeconfig, relative to the configuration file; reloaded when it changes.",
            Bind = Into<ClusterOptions, string>(ValueForms.Text, (o, v) => o with { KubeconfigPath = v }),
        },
        new()
        {
            Section = ClustersSection, Key = "kubeconfig-content", Allowed = ValueForms.Kubeconfig.Allowed, Secret = true, Choice = KubeconfigChoice, VariableEnd = "KUBECONFIG",
            Description = "The kubeconfig itself, as YAML or base64.",
            Bind = Into<ClusterOptions, string>(ValueForms.Kubeconfig, (o, v) => o with { KubeconfigContent = v }),
        },
        new()
        {
            Section = ClustersSection, Key = "in-cluster", Allowed = ValueForms.Boolean.Allowed, Default = "false", Choice = KubeconfigChoice,
            Description = "Use the pod's service account instead of a kubeconfig.",
            Bind = Into<ClusterOptions, bool>(ValueForms.Boolean, (o, v) => o with { InCluster = v }),
        },
        Cluster("context", ValueForms.Text, "", "Context in the kubeconfig. Default: its current context.", (o, v) => o with { Context = v }),
        Cluster("namespaces", ValueForms.Namespaces, "", "Namespaces to serve in this cluster. Default: those of `[operator]`.", (o, v) => o with { Namespaces = v }),
        Cluster("formerly", ValueForms.OwnerNames, "",
            "Former names of this cluster: add-ons with these names belong to it. A name without a fleet also matches with the fleet.", (o, v) => o with { Formerly = v }),
        Cluster("takeover", ValueForms.Boolean, "false",
            "Whether to claim add-ons without a cluster name at once, instead of waiting until every cluster has been seen.", (o, v) => o with { Takeover = v }),
        Cluster("paused", ValueForms.Boolean, "false",
            "Whether to pause the cluster: nothing is created, changed or deleted for its resources.", (o, v) => o with { Paused = v }),
        Cluster("allowed-organisations", ValueForms.Organisations, "",
            "Organisations that resources may use. Default: those of `[operator]`.", (o, v) => o with { AllowedOrganisations = v }),
        Cluster("allow-adoption", ValueForms.Namespaces, "",
            "Namespaces whose resources may adopt add-ons with credentials that are not the namespace's own. Default: those of `[operator]`.", (o, v) => o with { AllowAdoption = v }),
        Cluster("deletion-policy", ValueForms.DeletionPolicy, "",
            "What happens to the add-on of a deleted resource that sets no policy. Default: that of `[operator]`.", (o, v) => o with { DeletionPolicy = v }),
        Cluster("deletion-protection", ValueForms.Boolean, "",
            "Whether to protect add-ons from deletion when their resource does not say. Default: as in `[operator]`.", (o, v) => o with { DeletionProtection = v }),
        Cluster("require-namespace-credentials", ValueForms.Boolean, "",
            "Whether to serve only namespaces with their own credentials. Default: as in `[operator]`.", (o, v) => o with { RequireNamespaceCredentials = v }),
        Cluster("allow-exec", ValueForms.Boolean, "false", "Whether the kubeconfig may run a program to get credentials.", (o, v) => o with { AllowExec = v }),
        Cluster("allow-files", ValueForms.Boolean, "false", "Whether the kubeconfig may refer to files.", (o, v) => o with { AllowFiles = v }),
        Cluster("allow-insecure", ValueForms.Boolean, "false", "Whether to accept plain HTTP and unverified certificates.", (o, v) => o with { AllowInsecure = v }),
        Cluster("exec-environment", ValueForms.VariableNames, "", "Variables of the operator to pass to such a program, besides `PATH`, `HOME` and the proxy variables, such as `AWS_*`.", (o, v) => o with { ExecEnvironment = v }),
    ];

    public static IEnumerable<SettingDefinition> All => [.. Api, .. Operator, .. Clusters, .. ClustersApi];

    private static SettingDefinition<CredentialsDraft>[] Credentials(string section)
    {
        SettingDefinition<CredentialsDraft> One(
            string key, bool secret, string description, Func<CredentialsDraft, string, CredentialsDraft> set, ValueForm<string>? form = null) => new()
            {
                Section = section,
                Key = key,
                Secret = secret,
                Description = description,
                Allowed = (form ?? ValueForms.Text).Allowed,
                Bind = Into(form ?? ValueForms.Text, set),
            };
        return
        [
            One("endpoint", false, "Origin of the Clever Cloud API; a trailing `/v2` or `/v4` is ignored. Default: `https://api.clever-cloud.com`, or `https://api-bridge.clever-cloud.com` with a token alone.", (d, v) => d with { Endpoint = v }),
            One("token", true, "OAuth1 token, or, alone, a bearer token.", (d, v) => d with { Token = v }),
            One("secret", true, "OAuth1 token secret.", (d, v) => d with { Secret = v }),
            One("consumer-key", true, "OAuth1 consumer key. Default: the public one of clever-tools.", (d, v) => d with { ConsumerKey = v }),
            One("consumer-secret", true, "OAuth1 consumer secret. Default: the public one of clever-tools.", (d, v) => d with { ConsumerSecret = v }),
            One("organisation", false, "Organisation of resources that name none. Default: the account itself.", (d, v) => d with { Organisation = v }, ValueForms.Organisation),
        ];
    }

    private static SettingDefinition<OperatorOptions> Of<T>(
        string key, ValueForm<T> form, string @default, string description, Func<OperatorOptions, T, OperatorOptions> set) where T : notnull =>
        Plain(OperatorSection, key, form, @default, description, set);

    private static SettingDefinition<ClusterOptions> Cluster<T>(
        string key, ValueForm<T> form, string @default, string description, Func<ClusterOptions, T, ClusterOptions> set) where T : notnull =>
        Plain(ClustersSection, key, form, @default, description, set);

    private static SettingDefinition<TOptions> Plain<TOptions, T>(
        string section, string key, ValueForm<T> form, string @default, string description, Func<TOptions, T, TOptions> set) where TOptions : class where T : notnull => new()
        {
            Section = section,
            Key = key,
            Allowed = form.Allowed,
            Default = @default,
            Description = description,
            Bind = Into(form, set),
        };

    private static Func<TOptions, SettingValue, TOptions?> Into<TOptions, T>(ValueForm<T> form, Func<TOptions, T, TOptions> set) where TOptions : class where T : notnull =>
        (options, value) => form.Read(value) is { } read ? set(options, read.Value) : null;
}
