using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Addons.Secrets;

/// <summary>What stands in a connection Secret, or why it cannot be said.</summary>
/// <param name="Entries">Values by key; empty when there is a mistake.</param>
/// <param name="Mistakes">Each name of an entry or key that is not there. Never a value.</param>
internal sealed record SecretContent(IReadOnlyDictionary<string, string> Entries, IReadOnlyList<string> Mistakes)
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>What the shape makes of an add-on's environment.</summary>
    public static SecretContent Of(AddonKind kind, SecretShape shape, IReadOnlyDictionary<string, string> environment)
    {
        if (shape.IsEnvironment)
        {
            return new(environment, []);
        }

        var binding = kind.Binding.EntriesOf(environment);
        var entries = shape.Format == SecretFormat.Both ? binding.ToDictionary() : [];
        Put(entries, environment.Select(pair => KeyValuePair.Create(shape.KeyPrefix + pair.Key, pair.Value)));

        // The add-on's own variables come first: a configuration provider may have one called host.
        var named = binding.ToDictionary();
        Put(named, environment);
        List<string> mistakes = [.. shape.Keys
            .SelectMany(key => key.Value.Entries, (key, entry) => (key.Key, Entry: entry))
            .Where(use => !named.ContainsKey(use.Entry))
            .Select(use => $"spec.secret.keys.{use.Key} names {use.Entry}, which the add-on does not give; {Hint(use.Entry, named.Keys)}")];
        if (mistakes.Count > 0)
        {
            return new(None, mistakes);
        }

        Put(entries, shape.Keys.Select(key => KeyValuePair.Create(key.Key, key.Value.Render(named))));
        if (shape.Only is not { } only)
        {
            return new(entries, []);
        }

        mistakes = [.. only.Where(key => !entries.ContainsKey(key)).Select(key => $"spec.secret.only names {key}, which the Secret would not have; {Hint(key, entries.Keys)}")];
        return mistakes.Count > 0 ? new(None, mistakes) : new(only.Distinct().ToDictionary(key => key, key => entries[key]), []);
    }

    private static string Hint(string given, IEnumerable<string> known) => DidYouMean.Hint(given, [.. known.Order(StringComparer.Ordinal)]);

    private static void Put(Dictionary<string, string> entries, IEnumerable<KeyValuePair<string, string>> more)
    {
        foreach (var (key, value) in more)
        {
            entries[key] = value;
        }
    }
}
