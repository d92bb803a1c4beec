using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>Reads YAML from its events. Anchors and aliases are refused: with them a few hundred bytes can become gigabytes.</summary>
internal static class YamlText
{
    /// <exception cref="DocumentException">The text is no YAML, has an anchor or alias, is too deep, or has no mapping at its top.</exception>
    public static JsonObject Parse(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                return [];
            }
            parser.Consume<DocumentStart>();
            var start = parser.Current?.Start ?? Mark.Empty;
            var root = Node(parser, depth: 0);
            parser.Consume<DocumentEnd>();
            if (parser.Current is not StreamEnd)
            {
                throw At(parser.Current?.Start ?? start, "a second document; one is allowed");
            }
            return root switch
            {
                null => [],
                JsonObject table => table,
                _ => throw At(start, "no keys with values at the top level"),
            };
        }
        catch (YamlException e)
        {
            throw At(e.Start, "no valid YAML");
        }
    }

    private static JsonNode? Node(Parser parser, int depth)
    {
        var current = parser.Current ?? throw At(Mark.Empty, "ends too early");
        if (depth > DocumentText.MaxDepth)
        {
            throw At(current.Start, "nested too deep");
        }
        if (current is AnchorAlias || current is NodeEvent { Anchor.IsEmpty: false })
        {
            throw At(current.Start, "anchors and aliases are not allowed");
        }
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL" ? null : JsonValue.Create(scalar.Value);
        }
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(parser, depth + 1));
            }
            return items;
        }
        parser.Consume<MappingStart>();
        var table = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var at = parser.Current?.Start ?? Mark.Empty;
            var key = Node(parser, depth + 1) is JsonValue value ? value.GetValue<string>() : throw At(at, "a key must be a text");
            if (!table.TryAdd(key, Node(parser, depth + 1)))
            {
                throw At(at, "a key may stand only once");
            }
        }
        return table;
    }

    private static DocumentException At(Mark mark, string message) => new(mark.Line, mark.Column, message);
}
