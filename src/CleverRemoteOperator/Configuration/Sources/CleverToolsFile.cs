using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>The file <c>clever login</c> leaves behind: its active profile, when nothing else gives the operator credentials.</summary>
internal sealed class CleverToolsFile(ProcessEnvironment environment)
{
    public SourceReading Read()
    {
        var reading = SourceReading.Empty();
        var path = environment.Home is { } home ? Path.Combine(home, ".config/clever-cloud/clever-tools.json") : null;
        if (path is null || !File.Exists(path))
        {
            return reading;
        }
        if (BoundedFile.Read(path, out var whyNot) is not { } text)
        {
            reading.AddMistake(path, $"the file of clever-tools {whyNot}");
            return reading;
        }
        try
        {
            var document = DocumentText.Parse(text, DocumentFormat.Json);
            // Version 1 has profiles, the first of them active; before there was one account at the top.
            var profile = document["profiles"] is JsonArray profiles ? profiles.FirstOrDefault() as JsonObject : document;
            var overrides = profile?["overrides"] as JsonObject;
            Add(reading, path, "token", profile?["token"]);
            Add(reading, path, "secret", profile?["secret"]);
            Add(reading, path, "endpoint", overrides?["API_HOST"]);
            Add(reading, path, "consumer-key", overrides?["OAUTH_CONSUMER_KEY"]);
            Add(reading, path, "consumer-secret", overrides?["OAUTH_CONSUMER_SECRET"]);
        }
        catch (DocumentException e)
        {
            reading.AddMistake(path, e.Message);
        }
        return reading;
    }

    private static void Add(SourceReading reading, string path, string key, JsonNode? value)
    {
        if (value.Text() is { } text)
        {
            reading.Add(SettingTable.Api.First(definition => definition.Key == key), cluster: null, SettingValue.Of(text), $"{path}: {key}", same => same);
        }
    }
}
