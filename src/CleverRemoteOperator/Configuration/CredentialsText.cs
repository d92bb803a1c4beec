using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Configuration;

/// <summary>
/// Reads the credentials of a namespace from the text of its Secret: TOML, YAML or JSON with a section <c>api</c> that is
/// complete by itself. Nothing is ever added from elsewhere.
/// </summary>
internal static class CredentialsText
{
    /// <summary>Largest text, in characters.</summary>
    public const int Limit = 64 * 1024;

    private static readonly string[] Sections = [SettingTable.ApiSection];

    /// <param name="text">The Secret's value; base64 of it, even twice, is accepted.</param>
    /// <param name="source">Names the text in messages.</param>
    /// <param name="rule">Which endpoints a namespace may name: <see cref="EndpointRule.OfNamespaces"/>.</param>
    public static CredentialsReading Parse(string text, string source, EndpointRule rule)
    {
        if (text.Length > Limit)
        {
            return CredentialsReading.Failed(new(source, "is too large; allowed: 64 KiB"));
        }
        SourceReading reading;
        try
        {
            var document = DocumentText.Parse(Base64Text.Unwrap(text, times: 2), DocumentFormat.Unknown);
            reading = new DocumentSettings(source, path => path).Read(document, Sections);
        }
        catch (DocumentException e)
        {
            return CredentialsReading.Failed(new(source, e.Message));
        }
        var merged = new MergedSettings();
        merged.Merge(reading);
        Setting? Find(SettingDefinition definition) => merged.Find(null, definition);
        string Where(string key) => Find(SettingTable.Api.First(definition => definition.Key == key))?.Source ?? $"{source}: api.{key}";
        var draft = SettingDefinition<CredentialsDraft>.BindAll(new(), SettingTable.Api, Find, merged.Mistakes);
        var credentials = draft.Complete(Where, rule, merged.Mistakes);
        return merged.Mistakes.Count == 0 ? new(credentials, []) : new(null, ConfigurationMistake.Bounded(merged.Mistakes));
    }
}

/// <summary>Credentials, or every reason why there are none. Messages never hold a secret value.</summary>
internal sealed record CredentialsReading(CleverCredentials? Credentials, IReadOnlyList<ConfigurationMistake> Mistakes)
{
    public static CredentialsReading Failed(ConfigurationMistake mistake) => new(null, [mistake]);
}
