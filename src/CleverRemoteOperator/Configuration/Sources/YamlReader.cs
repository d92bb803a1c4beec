using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>Reads YAML so that a hostile text costs little: bounded depth and count, and no aliases, which make gigabytes of a few hundred bytes.</summary>
internal static class YamlReader
{
    private const int MaxEvents = 100_000;

    /// <summary>Root of the one document; null when the text is empty.</summary>
    /// <exception cref="DocumentException">The text is not YAML, too deep or too long, or has an alias or a second document.</exception>
    public static YamlNode? Read(string text)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new BoundedParser(new Parser(new StringReader(text))));
            // What follows the last "---" may be nothing at all.
            var roots = yaml.Documents.Select(document => document.RootNode).Where(root => root is not YamlScalarNode { Value: null or "" }).ToList();
            return roots.Count <= 1 ? roots.FirstOrDefault() : throw At(roots[1].Start, "more than one YAML document");
        }
        catch (YamlException failure)
        {
            throw At(failure.Start, failure is BoundExceededException ? failure.Message
                : failure.Message.StartsWith("Duplicate key", StringComparison.Ordinal) ? "duplicate key"
                : "invalid YAML");
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException)
        {
            // The parser loses its state over some texts instead of saying where they break.
            throw At(Mark.Empty, "invalid YAML");
        }
    }

    /// <summary>The node as JSON.</summary>
    /// <param name="scalar">What a scalar means.</param>
    /// <exception cref="DocumentException">A key is not a scalar, or a duplicate.</exception>
    public static JsonNode? Json(YamlNode node, Func<YamlScalarNode, JsonNode?> scalar)
    {
        switch (node)
        {
            case YamlSequenceNode list:
                return new JsonArray([.. list.Children.Select(item => Json(item, scalar))]);
            case YamlMappingNode map:
                var table = new JsonObject();
                foreach (var (key, value) in map.Children)
                {
                    var name = key is YamlScalarNode text && !IsNull(text) ? text.Value! : throw At(key.Start, "a key must be a string");
                    if (!table.TryAdd(name, Json(value, scalar)))
                    {
                        throw At(key.Start, "duplicate key");
                    }
                }

                return table;
            default:
                return scalar((YamlScalarNode)node);
        }
    }

    /// <summary>Whether YAML reads the scalar as null.</summary>
    public static bool IsNull(YamlScalarNode scalar) => scalar is { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" or "Null" or "NULL" };

    private static DocumentException At(Mark mark, string message) => new(mark.Line, mark.Column, message);

    private sealed class BoundedParser(Parser parser) : IParser
    {
        private int _depth;
        private int _events;

        public ParsingEvent? Current => parser.Current;

        public bool MoveNext()
        {
            if (!parser.MoveNext())
            {
                return false;
            }

            _depth += parser.Current!.NestingIncrease;
            return parser.Current switch
            {
                AnchorAlias alias => throw new BoundExceededException(alias.Start, alias.End, "YAML aliases are not allowed"),
                { } current when _depth > DocumentText.MaxDepth => throw new BoundExceededException(current.Start, current.End, $"nested deeper than {DocumentText.MaxDepth} levels"),
                { } current when ++_events > MaxEvents => throw new BoundExceededException(current.Start, current.End, $"more than {MaxEvents} values"),
                _ => true,
            };
        }
    }

    private sealed class BoundExceededException(Mark start, Mark end, string message) : YamlException(start, end, message);
}
