using CleverRemoteOperator.Configuration.Settings;

namespace CleverRemoteOperator.Configuration;

/// <summary>What the sources say together.</summary>
/// <param name="Draft">As far as it could be read, mistakes or not: to be shown, not to be used.</param>
/// <param name="Mistakes">Every mistake, in the order of the sources.</param>
/// <param name="InUse">Every setting with the value in use, secrets masked, and where it comes from.</param>
internal sealed record ConfigurationResult(
    OperatorConfiguration Draft, IReadOnlyList<ConfigurationMistake> Mistakes, IReadOnlyList<SettingInUse> InUse)
{
    /// <summary>What the operator runs with; null as soon as there is one mistake.</summary>
    public OperatorConfiguration? Configuration => Mistakes.Count == 0 ? Draft : null;

    /// <summary>What files and variables gave, as it was given: secrets included.</summary>
    public IReadOnlyList<Setting> Given { get; init; } = [];
}

/// <summary>One thing that is wrong: where, and what together with what is allowed. Never holds a secret value.</summary>
/// <param name="Source">A file and key, a variable, or an option of the command line.</param>
internal sealed record ConfigurationMistake(string Source, string Message)
{
    /// <summary>True when the value there is not what it should be: nothing of it may be shown.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>How many are shown.</summary>
    public const int Most = 100;

    /// <summary>The first hundred, and how many more there are: who reads them corrects those first.</summary>
    public static IReadOnlyList<ConfigurationMistake> Bounded(List<ConfigurationMistake> mistakes) => mistakes.Count <= Most ? mistakes
        : [.. mistakes.Take(Most), new(mistakes[Most].Source, $"{mistakes.Count - Most} more mistakes; fix the ones above first")];

    public override string ToString() => $"{Source}: {Message}";
}

/// <summary>A setting as it is shown: secrets are <c>***</c>.</summary>
internal sealed record SettingInUse(string Section, string Key, string Value, string Source);
