namespace CleverRemoteOperator.Configuration;

/// <summary>Lists every setting as it is in use, defaults included, secrets masked.</summary>
internal static class SettingsInUse
{
    private const string DefaultSource = "default";

    public static IEnumerable<SettingInUse> List(MergedSettings merged, OperatorOptions options, CleverCredentials? api)
    {
        foreach (var definition in SettingTable.Api)
        {
            if (merged.Find(null, definition) is { } setting)
            {
                yield return Shown(setting);
            }
            else if (definition.Key == "endpoint" && api is not null)
            {
                yield return new(definition.Section, definition.Key, api.Endpoint.GetLeftPart(UriPartial.Authority), DefaultSource);
            }
        }
        foreach (var definition in SettingTable.Operator)
        {
            if (merged.Find(null, definition) is { } setting)
            {
                yield return Shown(setting);
            }
            else if (definition.Key == "kubeconfigs" && options.Kubeconfigs.Count > 0)
            {
                yield return new(definition.Section, definition.Key, string.Join(", ", options.Kubeconfigs), DefaultSource);
            }
            else if (definition.Default.Length > 0)
            {
                yield return new(definition.Section, definition.Key, definition.Default, DefaultSource);
            }
        }
        foreach (var name in merged.Clusters)
        {
            foreach (var definition in SettingTable.Clusters.Concat<SettingDefinition>(SettingTable.ClustersApi))
            {
                if (merged.Find(name, definition) is { } setting)
                {
                    yield return Shown(setting);
                }
            }
        }
    }

    private static SettingInUse Shown(Setting setting) => new(setting.Section, setting.Definition.Key, setting.Shown, setting.Source);
}
