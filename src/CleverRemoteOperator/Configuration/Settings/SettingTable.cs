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
            "Where probes are answered. Without it the variable `PORT` gives the port.", (o, v) => o with { Listen = v }),
        Of("metrics-listen", ValueForms.Listener(IPAddress.Loopback), "127.0.0.1:9100",
            "Where metrics and status are served. The same value as `listen` serves both on one port.", (o, v) => o with { MetricsListen = v }),
        new()
        {
            Section = OperatorSection, Key = "kubeconfigs", Allowed = ValueForms.Paths.Allowed, IsPath = true, Separator = ':',
            OtherVariable = $"{EnvironmentSettings.Prefix}KUBECONFIGS",
            Description = "Kubeconfig files and folders of them; each file is one cluster, named like the file without its ending. Default `./kubeconfigs` where that folder exists. In a variable separated by `:`.",
            Bind = Into<OperatorOptions, IReadOnlyList<string>>(ValueForms.Paths, (o, v) => o with { Kubeconfigs = v }),
        },
        Of("namespaces", ValueForms.Namespaces, "*",
            "Namespaces served in clusters that name none; `*` = all.", (o, v) => o with { Namespaces = v }),
        Of("cluster-name", ValueForms.Label, ClusterFallbacks.InClusterName,
            "What the pod's own cluster is called where no `[[clusters]]` names it. Add-ons bear it: a restored copy of the cluster needs another.", (o, v) => o with { ClusterName = v }),
        Of("fleet", ValueForms.Label, "",
            "Goes before the cluster's name in the names of add-ons, as `fleet.cluster`, for accounts that several operators share.", (o, v) => o with { Fleet = v }),
        Of("addon-names", ValueForms.AddonNames, "own",
            "How add-ons are named: with the cluster's name, or as Clever Cloud's own operator does, which proves less.", (o, v) => o with { AddonNames = v }),
        Of("allowed-organisations", ValueForms.Organisations, "",
            "Organisations whose add-ons resources may ask for. Default all.", (o, v) => o with { AllowedOrganisations = v }),
        Of("deletion-policy", ValueForms.DeletionPolicy, "Delete",
            "What becomes of the add-on of a deleted resource that says nothing of it.", (o, v) => o with { DeletionPolicy = v }),
        Of("deletion-protection", ValueForms.Boolean, "false",
            "Whether add-ons of resources that say nothing of it are protected from deletion.", (o, v) => o with { DeletionProtection = v }),
        Of("require-namespace-credentials", ValueForms.Boolean, "false",
            "Whether only namespaces with credentials of their own are served.", (o, v) => o with { RequireNamespaceCredentials = v }),
        Of("credentials-grace", ValueForms.Duration, "60s",
            "How long a namespace whose own credentials went creates nothing with others.", (o, v) => o with { CredentialsGrace = v }),
        Of("max-deletions", ValueForms.Number(0, 100_000), "10",
            "Add-ons of one namespace that may be deleted within 10 minutes; the rest waits.", (o, v) => o with { MaxDeletions = v }),
        Of("max-cluster-deletions", ValueForms.Number(0, 100_000), "50",
            "Add-ons of one cluster that may be deleted within 10 minutes; the rest waits.", (o, v) => o with { MaxClusterDeletions = v }),
        Of("workers", ValueForms.Number(1, 1000), "8", "Reconciles at once in one cluster.", (o, v) => o with { MaxConcurrentReconciles = v }),
        Of("max-workers", ValueForms.Number(1, 10_000), "64", "Reconciles at once in the process.", (o, v) => o with { MaxConcurrentReconcilesInProcess = v }),
        Of("api-rate", ValueForms.Number(1, 100_000), "50",
            "Requests a second to the Clever API for one account, at most.", (o, v) => o with { ApiRate = v }),
        Of("api-burst", ValueForms.Number(1, 100_000), "100",
            "Requests to the Clever API for one account at once after a quiet time.", (o, v) => o with { ApiBurst = v }),
        Of("resync", ValueForms.Duration, "10m",
            "How often a resource that is in order is looked at again, plus up to 10 % of chance.", (o, v) => o with { Resync = v }),
        Of("environment-refresh", ValueForms.Duration, "1h",
            "How often the environment of an add-on in order is read again, plus up to 10 % of chance, so that a password changed at Clever Cloud reaches the Secret.",
            (o, v) => o with { EnvironmentRefresh = v }),
        Of("creation-window", ValueForms.Duration, "2m",
            "How long an add-on whose creation got no answer must stay unseen before it is created again. A request held up for half of that is not sent.", (o, v) => o with { CreationWindow = v }),
        Of("allowed-endpoints", ValueForms.Origins, "",
            "Origins a namespace Secret may name as endpoint, beside the two public ones and the operator's own.", (o, v) => o with { AllowedEndpoints = v }),
        Of("lease-namespace", ValueForms.Label, "",
            "Namespace of the Lease in each cluster. Default the first served namespace, else `default`.", (o, v) => o with { LeaseNamespace = v }),
        Of("log-format", ValueForms.LogFormat, "text", "Log lines for people or for machines.", (o, v) => o with { LogFormat = v }),
        Of("log-level", ValueForms.LogLevel, "information",
            "The least important level that is written. `-v` on the command line is debug, `-vv` trace.", (o, v) => o with { LogLevel = v }),
        new()
        {
            Section = OperatorSection, Key = "status-token", Allowed = ValueForms.Text.Allowed, Secret = true,
            Description = "Token that opens `/status` on a listener that is not loopback.",
            Bind = Into<OperatorOptions, string>(ValueForms.Text, (o, v) => o with { StatusToken = v }),
        },
    ];

    public static readonly IReadOnlyList<SettingDefinition<ClusterOptions>> Clusters =
    [
        Cluster("name", ValueForms.Label, "", "The cluster's name in logs, metrics and messages. Required.", (o, v) => o with { Name = v }),
        new()
        {
            Section = ClustersSection, Key = "kubeconfig", Allowed = ValueForms.Text.Allowed, IsPath = true, Choice = KubeconfigChoice, VariableEnd = "KUBECONFIG_PATH",
            Description = "Path of the kubeconfig, relative to the file it is named in; watched for changes.",
            Bind = Into<ClusterOptions, string>(ValueForms.Text, (o, v) => o with { KubeconfigPath = v }),
        },
        new()
        {
            Section = ClustersSection, Key = "kubeconfig-content", Allowed = ValueForms.Kubeconfig.Allowed, Secret = true, Choice = KubeconfigChoice, VariableEnd = "KUBECONFIG",
            Description = "The kubeconfig itself, as YAML or base64 of it.",
            Bind = Into<ClusterOptions, string>(ValueForms.Kubeconfig, (o, v) => o with { KubeconfigContent = v }),
        },
        new()
        {
            Section = ClustersSection, Key = "in-cluster", Allowed = ValueForms.Boolean.Allowed, Default = "false", Choice = KubeconfigChoice,
            Description = "The cluster this process runs in, with the pod's own service account, instead of a kubeconfig.",
            Bind = Into<ClusterOptions, bool>(ValueForms.Boolean, (o, v) => o with { InCluster = v }),
        },
        Cluster("context", ValueForms.Text, "", "Context of the kubeconfig. Default its current context.", (o, v) => o with { Context = v }),
        Cluster("namespaces", ValueForms.Namespaces, "", "Namespaces served in this cluster. Default those of `[operator]`.", (o, v) => o with { Namespaces = v }),
        Cluster("formerly", ValueForms.OwnerNames, "",
            "Names this cluster had before: add-ons that bear them are its own. A name alone is meant with and without the fleet.", (o, v) => o with { Formerly = v }),
        Cluster("takeover", ValueForms.Boolean, "false",
            "Whether add-ons that bear no cluster's name are claimed without waiting until every cluster has been seen.", (o, v) => o with { Takeover = v }),
        Cluster("paused", ValueForms.Boolean, "false",
            "Whether nothing is created, changed or deleted for the cluster's resources.", (o, v) => o with { Paused = v }),
        Cluster("allowed-organisations", ValueForms.Organisations, "",
            "Organisations whose add-ons resources may ask for. Default those of `[operator]`.", (o, v) => o with { AllowedOrganisations = v }),
        Cluster("deletion-policy", ValueForms.DeletionPolicy, "",
            "What becomes of the add-on of a deleted resource that says nothing of it. Default that of `[operator]`.", (o, v) => o with { DeletionPolicy = v }),
        Cluster("deletion-protection", ValueForms.Boolean, "",
            "Whether add-ons of resources that say nothing of it are protected from deletion. Default as `[operator]` says.", (o, v) => o with { DeletionProtection = v }),
        Cluster("require-namespace-credentials", ValueForms.Boolean, "",
            "Whether only namespaces with credentials of their own are served. Default as `[operator]` says.", (o, v) => o with { RequireNamespaceCredentials = v }),
        Cluster("allow-exec", ValueForms.Boolean, "false", "Whether the kubeconfig may run a program for its credentials.", (o, v) => o with { AllowExec = v }),
        Cluster("allow-files", ValueForms.Boolean, "false", "Whether the kubeconfig may refer to other files.", (o, v) => o with { AllowFiles = v }),
        Cluster("allow-insecure", ValueForms.Boolean, "false", "Whether plain HTTP and unverified certificates are accepted.", (o, v) => o with { AllowInsecure = v }),
        Cluster("exec-environment", ValueForms.VariableNames, "", "Variables of the operator that such a program sees, beside `PATH`, `HOME` and those of proxies, such as `AWS_*`.", (o, v) => o with { ExecEnvironment = v }),
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
            One("endpoint", false, "Origin of the Clever Cloud API; a trailing `/v2` or `/v4` is dropped. Default `https://api.clever-cloud.com`, with a token alone `https://api-bridge.clever-cloud.com`.", (d, v) => d with { Endpoint = v }),
            One("token", true, "Token of OAuth1, or, alone, a bearer token.", (d, v) => d with { Token = v }),
            One("secret", true, "Secret of the OAuth1 token.", (d, v) => d with { Secret = v }),
            One("consumer-key", true, "Key of the OAuth1 consumer. Default the public one of clever-tools.", (d, v) => d with { ConsumerKey = v }),
            One("consumer-secret", true, "Secret of the OAuth1 consumer. Default the public one of clever-tools.", (d, v) => d with { ConsumerSecret = v }),
            One("organisation", false, "Organisation of resources that name none. Default the account itself.", (d, v) => d with { Organisation = v }, ValueForms.Organisation),
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
