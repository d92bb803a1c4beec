using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Configuration.Texts;
using YamlDotNet.RepresentationModel;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>One map of a kubeconfig, read key by key; what is wrong with it is noted with its place, never with its value.</summary>
internal sealed class KubeconfigSection(YamlMappingNode node, string place, List<string> mistakes)
{
    /// <summary>Notes a mistake at a key.</summary>
    public void Mistake(string key, string text) => mistakes.Add($"{Place(key)}: {text}");

    /// <summary>Notes each key that is none of these.</summary>
    public void AllowOnly(params IReadOnlyCollection<string> known)
    {
        foreach (var key in Keys.Where(key => !known.Contains(key)))
        {
            Mistake(Disclosure.Of(key, 64), "unknown key: " + DidYouMean.Hint(Printable.Of(key, 64), known));
        }
    }

    /// <summary>Whether the key is there with a value.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>A string; null when the key or its value is missing.</summary>
    public string? Text(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { Length: > 0 } value }:
                return value;
            default:
                Mistake(key, "must be a string");
                return null;
        }
    }

    /// <summary>A string that must be there.</summary>
    public string? Required(string key)
    {
        if (!Has(key))
        {
            Mistake(key, "is missing");
        }

        return Text(key);
    }

    /// <summary>True or false, in any of YAML's words; false when missing.</summary>
    public bool Flag(string key)
    {
        var text = Text(key);
        if (text is not null && !YamlScalar.Yes.Contains(text) && !YamlScalar.No.Contains(text))
        {
            Mistake(key, "must be true or false");
        }

        return text is not null && YamlScalar.Yes.Contains(text);
    }

    /// <summary>The node of a key, for what is passed on as it is; null when missing.</summary>
    public YamlNode? Node(string key) => Find(key);

    /// <summary>The strings of each key of a map below this one.</summary>
    public IEnumerable<(string Key, IReadOnlyList<string> Values)> Lists(string key)
    {
        var section = Section(key);
        return section is null ? [] : section.Keys.Select(name => (name, section.Texts(name)));
    }

    private IEnumerable<string> Keys => node.Children.Keys.Select(key => (key as YamlScalarNode)?.Value ?? "");

    /// <summary>A map below this one; null when missing.</summary>
    public KubeconfigSection? Section(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlMappingNode map:
                return new KubeconfigSection(map, Place(key), mistakes);
            default:
                Mistake(key, "must be a map");
                return null;
        }
    }

    /// <summary>Strings of a list; none when missing.</summary>
    public IReadOnlyList<string> Texts(string key) => [.. List(key).Select((item, index) =>
    {
        if (item is YamlScalarNode { Value: { } text })
        {
            return text;
        }

        Mistake($"{key}[{index}]", "must be a string");
        return "";
    })];

    /// <summary>Maps of a list; none when missing.</summary>
    public IReadOnlyList<KubeconfigSection> Sections(string key) => [.. List(key).Select((item, index) =>
    {
        if (item is not YamlMappingNode)
        {
            Mistake($"{key}[{index}]", "must be a map");
        }

        return new KubeconfigSection(item as YamlMappingNode ?? [], $"{Place(key)}[{index}]", mistakes);
    })];

    /// <summary>The map <paramref name="inner"/> of the one entry of the list that has this very name.</summary>
    public KubeconfigSection? Named(string list, string inner, string? name)
    {
        var entries = Sections(list).Select(entry => (Name: entry.Required("name"), Section: entry)).ToList();
        foreach (var twice in entries.Where(entry => entry.Name is not null).GroupBy(entry => entry.Name).Where(group => group.Count() > 1))
        {
            Mistake(list, $"the name {Disclosure.Of(twice.Key!)} is there {twice.Count()} times");
        }

        var found = entries.FirstOrDefault(entry => entry.Name == name && name is not null).Section;
        if (found is null)
        {
            if (name is not null)
            {
                Mistake(list, $"{Disclosure.Of(name)} does not exist; defined: "
                    + string.Join(", ", entries.Select(entry => Disclosure.Of(entry.Name ?? "")).Take(10)));
            }

            return null;
        }

        found.AllowOnly("name", inner);
        if (!found.Has(inner))
        {
            found.Mistake(inner, "is missing");
        }

        return found.Section(inner);
    }

    private YamlSequenceNode List(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                return list;
            default:
                Mistake(key, "must be a list");
                return [];
        }
    }

    // Tools write fields they do not use as empty texts: kubectl takes those for missing, too.
    private YamlNode? Find(string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value)
        && !(value is YamlScalarNode scalar && (scalar.Value is "" || YamlReader.IsNull(scalar)))
            ? value
            : null;

    private string Place(string key) => place.Length == 0 ? key : $"{place}.{key}";
}
