using System.Net;
using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Configuration;

/// <summary>Makes options of merged settings, and checks what no setting can tell alone.</summary>
internal static class ConfigurationBinder
{
    public static OperatorOptions BindOperator(MergedSettings merged, List<ConfigurationMistake> mistakes)
    {
        var options = SettingDefinition<OperatorOptions>.BindAll(new(), SettingTable.Operator, definition => merged.Find(null, definition), mistakes);
        if (Clash(options.Listen, options.MetricsListen))
        {
            var source = SettingTable.Operator.Where(definition => definition.Key is "metrics-listen" or "listen")
                .Select(definition => merged.Find(null, definition)?.Source).OfType<string>().LastOrDefault() ?? "operator.metrics-listen";
            mistakes.Add(new(source, $"{options.MetricsListen} uses the port of listen {options.Listen}; allowed: exactly the same value, or another port"));
        }
        return options;
    }

    /// <summary>The operator's own credentials; null when no source gives any.</summary>
    public static CleverCredentials? BindApi(MergedSettings merged, IReadOnlyList<Uri> listed, List<ConfigurationMistake> mistakes) =>
        BindCredentials(merged, cluster: null, SettingTable.Api, listed, mistakes);

    public static IReadOnlyList<ClusterOptions> BindClusters(MergedSettings merged, OperatorOptions options, List<ConfigurationMistake> mistakes)
    {
        ClusterOptions[] clusters = [.. merged.Clusters.Select(name => BindCluster(merged, name, options, mistakes))];
        mistakes.AddRange(FormerNames.Check(clusters, options.Fleet));
        return clusters;
    }

    private static ClusterOptions BindCluster(MergedSettings merged, string name, OperatorOptions options, List<ConfigurationMistake> mistakes)
    {
        var cluster = SettingDefinition<ClusterOptions>.BindAll(
            new() { Name = name, Source = merged.SourceOf(name) }, SettingTable.Clusters, definition => merged.Find(name, definition), mistakes);
        var given = merged.All.Where(setting => setting.Cluster == name && setting.Definition.Choice is not null).ToList();
        var isMissing = given.Count == 0 || (given.Count == 1 && given[0].Definition.Key == "in-cluster" && given[0].Value.Text == "false");
        if (given.Count == 0 && merged.WithRefusedKubeconfig.Contains(name))
        {
            // A mistake already told.
        }
        // Else these may be settings of a cluster whose kubeconfig is a file in a folder, now or later.
        else if (given.Count > 1 || (isMissing && options.Kubeconfigs.Count == 0))
        {
            var what = given.Count > 1 ? $"cluster {name} has several kubeconfigs" : $"cluster {name} has no kubeconfig";
            mistakes.Add(new(cluster.Source, $"{what}; allowed: one of kubeconfig (a path), kubeconfig-content, in-cluster = true"));
        }
        return cluster with { Api = BindCredentials(merged, name, SettingTable.ClustersApi, options.AllowedEndpoints, mistakes) };
    }

    private static CleverCredentials? BindCredentials(
        MergedSettings merged, string? cluster, IReadOnlyList<SettingDefinition<CredentialsDraft>> definitions,
        IReadOnlyList<Uri> listed, List<ConfigurationMistake> mistakes)
    {
        Setting? Find(SettingDefinition definition) => merged.Find(cluster, definition);
        if (definitions.Select(Find).FirstOrDefault(setting => setting is not null) is not { } first)
        {
            return null;
        }
        var draft = SettingDefinition<CredentialsDraft>.BindAll(new(), definitions, Find, mistakes);
        string Where(string key) => Find(definitions.First(definition => definition.Key == key))?.Source ?? $"{first.Section}.{key}, beside {first.Source}";
        return draft.Complete(Where, EndpointRule.OfOperator(listed), mistakes);
    }

    // Port 0 is a free port each time.
    private static bool Clash(IPEndPoint one, IPEndPoint other) => one.Port == other.Port && one.Port != 0 && !one.Equals(other)
        && (one.Address.Equals(other.Address) || IsAny(one.Address) || IsAny(other.Address));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
