using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace CleverRemoteOperator.Addons;

/// <summary>Writes JSON as YAML that reads back to the same JSON.</summary>
internal static class YamlText
{
    /// <summary>One document, fields in their order, ending in a line feed.</summary>
    public static string Write(JsonNode node) => new SerializerBuilder()
        .WithQuotingNecessaryStrings(quoteYaml1_1Strings: true)
        .WithNewLine("\n")
        .DisableAliases()
        .Build()
        .Serialize(Plain(node)!);

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject fields => fields.ToDictionary(field => field.Key, field => Plain(field.Value)),
        JsonArray items => items.Select(Plain).ToList(),
        null => null,
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.Number => decimal.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture),
            _ => node.GetValueKind() == JsonValueKind.True,
        },
    };
}
