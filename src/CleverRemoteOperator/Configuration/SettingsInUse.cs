namespace CleverRemoteOperator.Configuration;

/// <summary>Lists every setting as it is in use, defaults included, secrets masked.</summary>
internal static class SettingsInUse
{
    private const string DefaultSource = "default";

    public static IEnumerable<SettingInUse> List(MergedSettings merged, OperatorConfiguration configuration)
    {
        var (options, api, clusters) = configuration;
        var refused = merged.Mistakes.Where(mistake => mistake.IsRefusal).Select(mistake => mistake.Source).ToHashSet(StringComparer.Ordinal);
        SettingInUse Shown(Setting setting) => new(
            setting.Section, setting.Definition.Key, refused.Contains(setting.Source) ? setting.Refused : setting.Shown, setting.Source);
        foreach (var shown in Credentials(merged, cluster: null, SettingTable.Api, api, Shown))
        {
            yield return shown;
        }
        foreach (var definition in SettingTable.Operator)
        {
            if (merged.Find(null, definition) is { } setting)
            {
                yield return Shown(setting);
            }
            else if (definition.Key == "kubeconfigs" && options.Kubeconfigs.Count > 0)
            {
                yield return new(definition.Section, definition.Key, string.Join(", ", options.Kubeconfigs.Select(PathText.Shown)), DefaultSource);
            }
            else if (definition.Default.Length > 0)
            {
                yield return new(definition.Section, definition.Key, definition.Default, DefaultSource);
            }
        }
        foreach (var cluster in clusters)
        {
            foreach (var setting in SettingTable.Clusters.Select(definition => merged.Find(cluster.Name, definition)).OfType<Setting>())
            {
                yield return Shown(setting);
            }
            foreach (var shown in Credentials(merged, cluster.Name, SettingTable.ClustersApi, cluster.Api, Shown))
            {
                yield return shown;
            }
        }
    }

    // The endpoint is shown as it is used: it follows from what else is given, and may be written with a version at its end.
    private static IEnumerable<SettingInUse> Credentials(
        MergedSettings merged, string? cluster, IEnumerable<SettingDefinition> definitions, CleverCredentials? credentials, Func<Setting, SettingInUse> shown)
    {
        foreach (var definition in definitions)
        {
            var setting = merged.Find(cluster, definition);
            if (definition.Key == "endpoint" && credentials is not null)
            {
                yield return new(
                    Setting.SectionOf(definition, cluster), definition.Key, credentials.Endpoint.GetLeftPart(UriPartial.Authority), setting?.Source ?? DefaultSource);
            }
            else if (setting is not null)
            {
                yield return shown(setting);
            }
        }
    }
}
