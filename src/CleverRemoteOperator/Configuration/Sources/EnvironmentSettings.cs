using System.Text.RegularExpressions;
using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>Takes the settings out of the variables that start with <see cref="Prefix"/>.</summary>
internal sealed partial class EnvironmentSettings(ProcessEnvironment environment)
{
    public const string Prefix = "CLEVER_OPERATOR_";
    private const string ClustersPrefix = Prefix + "CLUSTERS_";
    private const string NamePart = ClustersPrefix + "<NAME>_";

    private static readonly IReadOnlyDictionary<string, SettingDefinition> Fixed = SettingTable.All
        .Where(definition => !definition.Variable.StartsWith(NamePart, StringComparison.Ordinal))
        .SelectMany(definition => new[] { definition.Variable, definition.OtherVariable }.OfType<string>().Select(name => (name, definition)))
        .ToDictionary(pair => pair.name, pair => pair.definition, StringComparer.Ordinal);

    // The name may hold underscores itself, so the longest known end wins.
    private static readonly IReadOnlyList<(string End, SettingDefinition Definition)> Ends =
    [
        .. SettingTable.All
            .Where(definition => definition.Key != "name" && definition.Variable.StartsWith(NamePart, StringComparison.Ordinal))
            .Select(definition => (End: definition.Variable[(NamePart.Length - 1)..], definition))
            .OrderByDescending(pair => pair.End.Length),
    ];

    public SourceReading Read()
    {
        var reading = SourceReading.Empty();
        var ours = environment.Variables.Where(pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal) && !IsServiceLink(pair.Key));
        foreach (var (name, text) in ours.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (Fixed.TryGetValue(name, out var definition))
            {
                Add(reading, definition, cluster: null, name, text);
            }
            else if (name.StartsWith(ClustersPrefix, StringComparison.Ordinal))
            {
                ReadCluster(reading, name, text);
            }
            else
            {
                reading.AddMistake(Where(name), $"unknown variable; {DidYouMean.Hint(name, [.. Fixed.Keys])}");
            }
        }
        return reading;
    }

    /// <summary>Where a message says a variable is.</summary>
    public static string Where(string name) => $"variable {(name.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix + Shown(name[Prefix.Length..]) : Shown(name))}";

    // A secret may stand in the name as well: somebody left out the "=".
    private static string Shown(string name) => Printable.Of(Disclosure.Hide(name));

    private void ReadCluster(SourceReading reading, string variable, string text)
    {
        var rest = variable[ClustersPrefix.Length..];
        var (end, definition) = Ends.FirstOrDefault(pair => rest.EndsWith(pair.End, StringComparison.Ordinal));
        if (definition is null)
        {
            reading.AddMistake(Where(variable), $"unknown variable; {HintForEnd(rest)}");
            return;
        }
        var name = rest[..^end.Length].ToLowerInvariant().Replace('_', '-');
        if (rest.Any(char.IsLower) || ValueForms.Label.Read(SettingValue.Of(name))?.Value != name)
        {
            reading.AddMistake(Where(variable), $"no cluster name before {end}; allowed: capital letters, digits and \"_\" (for \"-\"), at most 63");
            return;
        }
        Add(reading, definition, name, variable, text);
    }

    private void Add(SourceReading reading, SettingDefinition definition, string? cluster, string variable, string text) =>
        reading.Add(definition, cluster, SettingValue.Of(text), Where(variable), path => environment.Resolve(path, environment.WorkingDirectory));

    private static string HintForEnd(string rest)
    {
        string[] ends = [.. Ends.Select(pair => pair.End)];
        // Only what is about as long as an end can be like one.
        var longest = 2 * Ends[0].End.Length;
        var underscores = Enumerable.Range(Math.Max(0, rest.Length - longest), Math.Min(rest.Length, longest)).Where(i => rest[i] == '_');
        foreach (var at in underscores)
        {
            if (DidYouMean.Nearest(rest[at..], ends) is { } near)
            {
                return $"did you mean {ClustersPrefix}{Shown(rest[..at])}{near}?";
            }
        }
        return $"allowed: {string.Join(", ", ends.Order(StringComparer.Ordinal).Select(end => $"{ClustersPrefix}<NAME>{end}"))}";
    }

    // Kubernetes gives a pod such variables for every Service, also for one called clever-operator.
    private bool IsServiceLink(string name) => environment.Variable("KUBERNETES_SERVICE_HOST") is not null && ServiceLink().IsMatch(name);

    [GeneratedRegex(@"\ACLEVER_OPERATOR_([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)\z")]
    private static partial Regex ServiceLink();
}
