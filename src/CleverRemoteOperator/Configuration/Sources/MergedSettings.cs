using CleverRemoteOperator.Configuration.Settings;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>What all sources say together: a later source over an earlier one, setting by setting.</summary>
internal sealed class MergedSettings
{
    private readonly Dictionary<(string? Cluster, SettingDefinition Definition), Setting> _settings = [];
    private readonly List<string> _clusters = [];

    public List<ConfigurationMistake> Mistakes { get; } = [];

    /// <summary>Clusters whose kubeconfig was given as what cannot be one: it is not missing as well.</summary>
    public HashSet<string> WithRefusedKubeconfig { get; } = new(StringComparer.Ordinal);

    /// <summary>True when a source, or a setting of it, could not be read: what seems to be missing may stand there.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Names of the clusters, in the order they were first given.</summary>
    public IReadOnlyList<string> Clusters => _clusters;

    public IEnumerable<Setting> All => _settings.Values;

    public Setting? Find(string? cluster, SettingDefinition definition) => _settings.GetValueOrDefault((cluster, definition));

    /// <summary>Where a cluster is named, else where its kubeconfig is given.</summary>
    public string SourceOf(string cluster) => All.Where(setting => setting.Cluster == cluster)
        .MinBy(setting => setting.Definition.Key == "name" ? 0 : setting.Definition.Choice is not null ? 1 : 2)!.Source;

    /// <summary>Merges a source over those before it.</summary>
    public void Merge(SourceReading source)
    {
        Mistakes.AddRange(source.Mistakes);
        IsPartial |= source.IsUnread || source.Refused.Count > 0;
        WithRefusedKubeconfig.UnionWith(source.Refused.Where(refused => refused.Definition.Choice is not null).Select(refused => refused.Cluster).OfType<string>());
        foreach (var choice in source.Settings.Where(setting => setting.Definition.Choice is not null))
        {
            TakeBack(choice.Cluster, choice.Definition.Choice!);
        }
        var here = new Dictionary<(string?, SettingDefinition), string>();
        foreach (var setting in source.Settings)
        {
            var key = (setting.Cluster, setting.Definition);
            if (!here.TryAdd(key, setting.Source))
            {
                Mistakes.Add(new(setting.Source, $"is already set by {here[key]}; allowed: once"));
            }
            _settings[key] = setting;
            if (setting.Cluster is { } cluster && !_clusters.Contains(cluster))
            {
                _clusters.Add(cluster);
            }
        }
    }

    private void TakeBack(string? cluster, string choice)
    {
        foreach (var key in _settings.Keys.Where(key => key.Cluster == cluster && key.Definition.Choice == choice).ToList())
        {
            _settings.Remove(key);
        }
    }
}
