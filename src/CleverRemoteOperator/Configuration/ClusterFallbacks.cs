using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Configuration;

/// <summary>
/// Clusters that are not named in the configuration: the folder <c>./kubeconfigs</c>, <c>--kubeconfig</c>, and when there
/// is nothing else <c>KUBECONFIG</c>, then the pod's own service account. What a person's <c>~/.kube/config</c> holds is never taken.
/// </summary>
internal sealed class ClusterFallbacks(ProcessEnvironment environment)
{
    /// <summary>Name of the cluster of <c>--kubeconfig</c> and <c>KUBECONFIG</c>.</summary>
    public const string DefaultName = "default";

    /// <summary>Name of the cluster the process runs in, unless <see cref="OperatorOptions.ClusterName"/> says otherwise.</summary>
    public const string InClusterName = "in-cluster";

    private static readonly SettingDefinition Kubeconfig = SettingTable.Clusters.First(definition => definition.Key == "kubeconfig");
    private static readonly SettingDefinition InCluster = SettingTable.Clusters.First(definition => definition.Key == "in-cluster");
    private static readonly SettingDefinition Kubeconfigs = SettingTable.Operator.First(definition => definition.Key == "kubeconfigs");

    /// <summary>Applies them to the settings; returns the options with the folder, if it is used.</summary>
    public OperatorOptions Apply(MergedSettings merged, OperatorOptions options, CommandLineOptions commandLine, bool required)
    {
        if (commandLine.KubeconfigPath is { } path)
        {
            ApplyKubeconfig(merged, path, "option --kubeconfig");
            return options;
        }
        var folder = Path.Combine(environment.WorkingDirectory, "kubeconfigs");
        var isGiven = merged.Find(null, Kubeconfigs) is not null;
        if (!isGiven && Directory.Exists(folder))
        {
            options = options with { Kubeconfigs = [folder] };
        }
        // A folder that was asked for may fill later; the one found by chance only counts with something in it.
        var hasFiles = isGiven ? options.Kubeconfigs.Count > 0 : KubeconfigFiles.Expand(options.Kubeconfigs).Clusters.Count > 0;
        if (!hasFiles && !merged.Clusters.Any(name => IsNamed(merged, name, options.ClusterName)))
        {
            ApplyLast(merged, options.ClusterName, required);
        }
        return options;
    }

    private void ApplyLast(MergedSettings merged, string clusterName, bool required)
    {
        if (environment.Variable("KUBECONFIG") is { } variable)
        {
            var source = EnvironmentSettings.Where("KUBECONFIG");
            if (PathText.WhyNot(variable, cluster: null) is { } whyNot)
            {
                merged.Mistakes.Add(new(source, whyNot));
            }
            else if (variable.Split(':', StringSplitOptions.RemoveEmptyEntries) is [var only])
            {
                ApplyKubeconfig(merged, only, source);
            }
            else
            {
                merged.Mistakes.Add(new(source, $"names several files; allowed: one. Set several in {Kubeconfigs.OtherVariable}: each file is one cluster"));
            }
        }
        else if (environment.IsPod)
        {
            merged.Merge(new([new(InCluster, clusterName, SettingValue.Of("true"), "the pod's service account")], []));
        }
        else if (required && merged.Clusters.Count == 0 && !merged.IsPartial)
        {
            merged.Mistakes.Add(new("clusters",
                $"no cluster configured; allowed: a [[clusters]] table in a configuration file; {EnvironmentSettings.Prefix}CLUSTERS_<NAME>_KUBECONFIG; "
                + $"files in ./kubeconfigs or in {Kubeconfigs.OtherVariable}; --kubeconfig; KUBECONFIG; the service account of a pod (~/.kube/config is never used by default)"));
        }
    }

    private void ApplyKubeconfig(MergedSettings merged, string path, string source)
    {
        if (PathText.WhyNot(path, cluster: null) is { } whyNot)
        {
            merged.Mistakes.Add(new(source, whyNot));
            return;
        }
        var full = environment.Resolve(path, environment.WorkingDirectory);
        if (!File.Exists(full))
        {
            merged.Mistakes.Add(new(source, $"{PathText.Shown(full)} does not exist; allowed: the path of a kubeconfig"));
        }
        merged.Merge(new([new(Kubeconfig, DefaultName, SettingValue.Of(full), source)], []));
    }

    // Settings for "default" or the pod's own cluster without a kubeconfig go with a cluster found here.
    private static bool IsNamed(MergedSettings merged, string name, string clusterName) => (name != DefaultName && name != clusterName)
        || merged.All.Any(setting => setting.Cluster == name && setting.Definition.Choice is not null);
}
