namespace CleverRemoteOperator.Configuration;

/// <summary>One setting that can be given: what it is called, what it takes, what it does. The table of them is <see cref="SettingTable"/>.</summary>
internal abstract class SettingDefinition
{
    public required string Section { get; init; }

    /// <summary>Name in a file, in kebab-case.</summary>
    public required string Key { get; init; }

    /// <summary>What is allowed, as the end of a message.</summary>
    public required string Allowed { get; init; }

    /// <summary>Default, as a person would write it; empty = none.</summary>
    public string Default { get; init; } = "";

    public required string Description { get; init; }

    /// <summary>True when the value must never be shown.</summary>
    public bool Secret { get; init; }

    /// <summary>True for paths, which are relative to the folder of the file they stand in.</summary>
    public bool IsPath { get; init; }

    /// <summary>What separates the items of a list in a text.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Settings of one choice exclude each other: a later source that gives one takes the others back.</summary>
    public string? Choice { get; init; }

    /// <summary>End of the environment variable, where it is not the key in capitals.</summary>
    public string? VariableEnd { get; init; }

    /// <summary>A second, shorter variable.</summary>
    public string? OtherVariable { get; init; }

    /// <summary>The environment variable; <c>&lt;NAME&gt;</c> stands for the cluster's name.</summary>
    public string Variable
    {
        get
        {
            var section = Section.Replace(SettingTable.ClustersSection, "clusters.<name>", StringComparison.Ordinal).Replace('.', '_');
            return $"{EnvironmentSettings.Prefix}{section.ToUpperInvariant()}_{VariableEnd ?? Capitals(Key)}";
        }
    }

    private static string Capitals(string key) => key.ToUpperInvariant().Replace('-', '_');
}

/// <summary>A setting that goes into <typeparamref name="T"/>.</summary>
internal sealed class SettingDefinition<T> : SettingDefinition where T : class
{
    /// <summary>The options with the value put in; null when the value is not allowed.</summary>
    public required Func<T, SettingValue, T?> Bind { get; init; }

    /// <summary>Puts the given settings into <paramref name="target"/>; a value that is not allowed becomes a mistake.</summary>
    public static T BindAll(
        T target, IEnumerable<SettingDefinition<T>> definitions, Func<SettingDefinition, Setting?> find, List<ConfigurationMistake> mistakes)
    {
        foreach (var definition in definitions)
        {
            if (find(definition) is not { } setting)
            {
                continue;
            }
            if (definition.Bind(target, setting.Value) is { } next)
            {
                target = next;
                continue;
            }
            var given = definition.Secret ? "the value" : $"{Disclosure.Describe(setting.Value.ToString())},";
            mistakes.Add(new(setting.Source, $"{given} is not allowed; allowed: {definition.Allowed}") { IsRefusal = true });
        }
        return target;
    }
}
