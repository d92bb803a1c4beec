using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Configuration.Settings;

/// <summary>One value that one source gave to one setting.</summary>
/// <param name="Cluster">The cluster it belongs to; null outside of the clusters' sections.</param>
/// <param name="Source">A file and key, or a variable.</param>
internal sealed record Setting(SettingDefinition Definition, string? Cluster, SettingValue Value, string Source)
{
    /// <summary>The section as a person would name it: <c>api</c>, <c>clusters.paris</c>, <c>clusters.paris.api</c>.</summary>
    public string Section => SectionOf(Definition, Cluster);

    /// <summary>The value as it may be shown, once it has passed as what it should be.</summary>
    public string Shown => Definition.Secret ? SecretValues.Mask
        : string.Join(", ", Value.Items.Select(item => Definition.IsPath ? PathText.Shown(item) : Disclosure.Of(item)));

    public static string SectionOf(SettingDefinition definition, string? cluster) => cluster is null
        ? definition.Section
        : definition.Section.Replace(SettingTable.ClustersSection, $"{SettingTable.ClustersSection}.{cluster}", StringComparison.Ordinal);

    /// <summary>The value as it may be shown when it is not what it should be: nothing of it.</summary>
    public string Refused => Definition.Secret ? SecretValues.Mask : $"({Disclosure.Describe(Value.ToString())})";

    /// <summary>Never shows a secret value.</summary>
    public override string ToString() => $"{Section}.{Definition.Key} = {Shown} from {Source}";
}

/// <summary>A value before it has a type: one text, or a list of texts.</summary>
internal sealed record SettingValue(IReadOnlyList<string> Items, bool IsList)
{
    public static SettingValue Of(string text) => new([text], IsList: false);

    /// <summary>The single text; null for a list.</summary>
    public string? Text => IsList ? null : Items[0];

    /// <summary>True for an empty text, which counts as not given. An empty list is a value.</summary>
    public bool IsAbsent => !IsList && string.IsNullOrWhiteSpace(Items[0]);

    /// <summary>The items of a list, or of a text split at <paramref name="separator"/>.</summary>
    public IEnumerable<string> Split(char separator) => IsList
        ? Items
        : Items[0].Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => string.Join(", ", Items);
}

/// <summary>What one source gave, and what is wrong with it.</summary>
internal sealed record SourceReading(List<Setting> Settings, List<ConfigurationMistake> Mistakes)
{
    /// <summary>True when the source could not be read at all: what it would have given is not known.</summary>
    public bool IsUnread { get; init; }

    /// <summary>Settings, and the clusters they belong to, that were given as what cannot be a value of theirs.</summary>
    public List<(SettingDefinition Definition, string? Cluster)> Refused { get; } = [];

    /// <summary>A source that could not be read.</summary>
    public static SourceReading Unread(string source, string message) => new([], [new(source, message)]) { IsUnread = true };

    public static SourceReading Empty() => new([], []);

    /// <summary>Takes a value, unless it is absent; paths become absolute.</summary>
    public void Add(SettingDefinition definition, string? cluster, SettingValue value, string source, Func<string, string> resolvePath)
    {
        if (value.IsAbsent)
        {
            return;
        }
        if (definition.IsPath)
        {
            // As a whole: what is no path may have the separator of paths in it.
            if (value.Items.Select(item => PathText.WhyNot(item, cluster)).FirstOrDefault(problem => problem is not null) is { } whyNot)
            {
                AddMistake(source, whyNot);
                Refused.Add((definition, cluster));
                return;
            }
            var manyInText = definition.Separator == ':';
            value = new([.. (manyInText ? value.Split(':') : value.Items).Select(resolvePath)], value.IsList || manyInText);
        }
        Settings.Add(new(definition, cluster, value, source));
    }

    public void AddMistake(string source, string message) => Mistakes.Add(new(source, message));
}
