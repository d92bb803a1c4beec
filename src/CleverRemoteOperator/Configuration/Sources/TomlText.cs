using System.Globalization;
using System.Text.Json.Nodes;
using Tomlyn;
using Tomlyn.Model;
using Tomlyn.Parsing;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>Reads TOML.</summary>
internal static class TomlText
{
    private const string Invalid = "invalid TOML: put strings in quotes and use each key once";

    /// <exception cref="DocumentException">The text is no TOML, or too deep.</exception>
    public static JsonObject Parse(string text)
    {
        try
        {
            // The reader of values lets a repeated key win silently; the validating parser does not.
            var wrong = SyntaxParser.Parse(text, sourceName: null, validate: true).Diagnostics.FirstOrDefault(d => d.Kind == Tomlyn.Syntax.DiagnosticMessageKind.Error);
            if (wrong is not null)
            {
                throw new DocumentException(wrong.Span.Start.Line + 1, wrong.Span.Start.Column + 1, Invalid);
            }
            return Table(TomlSerializer.Deserialize(text, TomlDocument.Default.TomlTable) ?? [], depth: 0);
        }
        catch (TomlException e)
        {
            throw new DocumentException(e.Line ?? 1, e.Column ?? 1, Invalid);
        }
    }

    private static JsonObject Table(TomlTable table, int depth)
    {
        var result = new JsonObject();
        foreach (var (key, value) in table)
        {
            result.Add(key, Node(value, depth + 1));
        }
        return result;
    }

    private static JsonNode? Node(object? value, int depth) => value switch
    {
        _ when depth > DocumentText.MaxDepth => throw new DocumentException(1, 1, "nested too deep"),
        TomlTable table => Table(table, depth),
        System.Collections.IEnumerable items and not string => new JsonArray([.. items.Cast<object?>().Select(item => Node(item, depth + 1))]),
        bool flag => JsonValue.Create(flag),
        null => null,
        _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };
}
