using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>Takes the settings out of a document: known keys become settings, everything else a mistake.</summary>
/// <param name="source">Names the document in messages.</param>
/// <param name="resolvePath">Makes a path absolute.</param>
internal sealed partial class DocumentSettings(string source, Func<string, string> resolvePath)
{
    private readonly SourceReading _reading = SourceReading.Empty();

    /// <param name="sections">The sections this document may have.</param>
    public SourceReading Read(JsonObject document, IReadOnlyCollection<string> sections)
    {
        foreach (var (key, value) in document)
        {
            var section = ToKebab(key);
            if (!sections.Contains(section))
            {
                AddMistake(Shown(key), $"unknown section; {DidYouMean.Hint(section, sections)}");
            }
            else if (section == SettingTable.ClustersSection)
            {
                ReadClusters(key, value);
            }
            else if (value is JsonObject table)
            {
                ReadTable(table, key, cluster: null, [.. SettingTable.All.Where(definition => definition.Section == section)]);
            }
            else if (value is not null)
            {
                AddMistake(key, "must be a table of keys and values");
            }
        }
        return _reading;
    }

    private void ReadClusters(string key, JsonNode? value)
    {
        if (value is not JsonArray entries)
        {
            if (value is not null)
            {
                AddMistake(key, "must be a list: one [[clusters]] table per cluster");
            }
            return;
        }
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            var place = $"{key}[{i}]";
            if (entries[i] is not JsonObject entry)
            {
                AddMistake(place, "must be a table of keys and values");
                continue;
            }
            var name = entry.Where(pair => ToKebab(pair.Key) == "name").Select(pair => ValueOf(pair.Value)?.Text?.Trim()).FirstOrDefault();
            if (string.IsNullOrEmpty(name))
            {
                AddMistake($"{place}.name", $"missing; every cluster needs a name; allowed: {ValueForms.Label.Allowed}");
            }
            else if (ValueForms.Label.Read(SettingValue.Of(name)) is null)
            {
                AddMistake($"{place}.name", $"{Disclosure.Describe(name)}, is not a valid name; allowed: {ValueForms.Label.Allowed}");
                name = null;
            }
            else if (!places.TryAdd(name, place))
            {
                AddMistake($"{place}.name", $"cluster {name} is already defined at {Where(places[name])}.name; allowed: each name once");
                name = null;
            }
            ReadEntry(entry, place, name);
        }
    }

    // An entry without a usable name is still read for its mistakes; its settings belong nowhere.
    private void ReadEntry(JsonObject entry, string place, string? name)
    {
        var settings = _reading.Settings.Count;
        foreach (var (key, value) in entry.Where(pair => ToKebab(pair.Key) == SettingTable.ApiSection).ToList())
        {
            entry.Remove(key);
            if (value is JsonObject api)
            {
                ReadTable(api, $"{place}.{key}", name, SettingTable.ClustersApi);
            }
            else if (value is not null)
            {
                AddMistake($"{place}.{key}", "must be a table of keys and values");
            }
        }
        ReadTable(entry, place, name, SettingTable.Clusters);
        if (string.IsNullOrEmpty(name))
        {
            _reading.Settings.RemoveRange(settings, _reading.Settings.Count - settings);
        }
    }

    private void ReadTable(JsonObject table, string place, string? cluster, IReadOnlyCollection<SettingDefinition> definitions)
    {
        foreach (var (key, node) in table)
        {
            var where = $"{place}.{Shown(key)}";
            if (definitions.FirstOrDefault(d => d.Key == ToKebab(key)) is not { } definition)
            {
                // What is not shown in the end needs no hint, which is the costly part.
                AddMistake(where, _reading.Mistakes.Count >= ConfigurationMistake.Most
                    ? "unknown key"
                    : $"unknown key; {DidYouMean.Hint(ToKebab(key), [.. definitions.Select(d => d.Key)])}");
            }
            else if (ValueOf(node) is { } value)
            {
                _reading.Add(definition, cluster, value, Where(where), resolvePath);
            }
            else if (node is not null)
            {
                AddMistake(where, $"must be a single value or a list; allowed: {definition.Allowed}");
            }
        }
    }

    /// <summary>A text, number, boolean, or a list of them; null for anything else.</summary>
    private static SettingValue? ValueOf(JsonNode? node) => node switch
    {
        JsonValue value => SettingValue.Of(TextOf(value)),
        JsonArray items when items.All(item => item is JsonValue) => new([.. items.OfType<JsonValue>().Select(TextOf)], IsList: true),
        _ => null,
    };

    private static string TextOf(JsonValue value) => value.Text() ?? value.ToJsonString();

    // What a document has for a key may be a value that was put there by mistake.
    private static string Shown(string key) => Disclosure.Of(key, 64);

    /// <summary>The kebab-case form of a camelCase key; anything else stays as it is.</summary>
    private static string ToKebab(string key) => CapitalInside().Replace(key, "-$0").ToLowerInvariant();

    private void AddMistake(string place, string message) => _reading.AddMistake(Where(place), message);

    private string Where(string place) => $"{source}: {Printable.Of(place)}";

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex CapitalInside();
}
