using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

/// <summary>Reads a YAML document as the JSON it stands for.</summary>
internal static class YamlBody
{
    private const int MaximumNodes = 200_000;

    /// <summary>The document's JSON; throws <see cref="YamlException"/> for what is no YAML or grows beyond measure by its aliases.</summary>
    public static JsonNode? Parse(string text)
    {
        YamlStream stream = [];
        using StringReader reader = new(text);
        stream.Load(reader);
        var left = MaximumNodes;
        return stream.Documents.Count == 0 ? null : Convert(stream.Documents[0].RootNode, ref left);
    }

    private static JsonNode? Convert(YamlNode node, ref int left)
    {
        if (--left < 0)
        {
            throw new YamlException("document contains excessive aliasing");
        }

        switch (node)
        {
            case YamlMappingNode map:
                JsonObject made = [];
                foreach ((var key, var value) in map)
                {
                    made[((YamlScalarNode)key).Value ?? ""] = Convert(value, ref left);
                }

                return made;
            case YamlSequenceNode list:
                JsonArray items = [];
                foreach (var item in list)
                {
                    items.Add(Convert(item, ref left));
                }

                return items;
            default:
                return Scalar((YamlScalarNode)node);
        }
    }

    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        return scalar.Style is not ScalarStyle.Plain || scalar.Tag.ToString() == "tag:yaml.org,2002:str" ? JsonValue.Create(text) : text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" or "yes" or "on" => JsonValue.Create(true),
            "false" or "False" or "FALSE" or "no" or "off" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => JsonValue.Create(integer),
            _ when char.IsAsciiDigit(text[^1]) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }
}
