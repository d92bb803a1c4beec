using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>How a document is written; <see cref="Unknown"/> looks at its first line.</summary>
internal enum DocumentFormat
{
    Unknown,
    Toml,
    Yaml,
    Json,
}

/// <summary>A document that cannot be read. The message never quotes the document: it may hold secrets.</summary>
internal sealed class DocumentException(long line, long column, string message) : Exception($"line {line}, column {column}: {message}");

/// <summary>Reads TOML, YAML and JSON into one kind of tree. Depth is bounded, repeated keys are refused.</summary>
internal static partial class DocumentText
{
    public const int MaxDepth = 32;

    /// <summary>Largest configuration file, in bytes; a namespace's configuration is smaller (<see cref="CredentialsText.Limit"/>).</summary>
    public const int FileLimit = 1024 * 1024;

    private static readonly JsonDocumentOptions Json = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The document's top level, which must be a table.</summary>
    /// <exception cref="DocumentException">The text is no such document.</exception>
    public static JsonObject Parse(string text, DocumentFormat format)
    {
        try
        {
            return format switch
            {
                DocumentFormat.Toml => TomlText.Parse(text),
                DocumentFormat.Yaml => ParseYaml(text),
                DocumentFormat.Json => ParseJson(text),
                _ => Parse(text, Recognise(text)),
            };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The libraries have defects of their own: an escape that the text ends in throws such a thing in the TOML reader.
            throw new DocumentException(1, 1, "cannot be read");
        }
    }

    public static DocumentFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".toml" => DocumentFormat.Toml,
        ".yaml" or ".yml" => DocumentFormat.Yaml,
        ".json" => DocumentFormat.Json,
        _ => DocumentFormat.Unknown,
    };

    private static DocumentFormat Recognise(string text)
    {
        using var lines = new StringReader(text);
        while (lines.ReadLine() is { } line)
        {
            var start = line.TrimStart();
            if (start.Length > 0 && start[0] != '#')
            {
                return start[0] == '{' ? DocumentFormat.Json
                    : start[0] == '[' || KeyEquals().IsMatch(start) ? DocumentFormat.Toml
                    : DocumentFormat.Yaml;
            }
        }
        return DocumentFormat.Toml;
    }

    private static JsonObject ParseYaml(string text) => YamlReader.Read(text) switch
    {
        null => [],
        YamlScalarNode scalar when YamlReader.IsNull(scalar) => [],
        YamlMappingNode map => YamlReader.Json(map, scalar => YamlReader.IsNull(scalar) ? null : JsonValue.Create(scalar.Value))!.AsObject(),
        { Start: var at } => throw new DocumentException(at.Line, at.Column, "the top level must be a map"),
    };

    private static JsonObject ParseJson(string text)
    {
        try
        {
            var document = JsonNode.Parse(text, documentOptions: Json) as JsonObject ?? throw new DocumentException(1, 1, "the top level must be an object");
            RequireText(document);
            return document;
        }
        catch (JsonException e)
        {
            throw new DocumentException((e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1, "invalid JSON, or a duplicate key");
        }
    }

    // The library decodes a text when it is asked for, and only then finds half of a surrogate pair.
    private static void RequireText(JsonNode? node)
    {
        if (node is JsonObject fields)
        {
            fields.ToList().ForEach(field => RequireText(field.Value));
        }
        else if (node is JsonArray items)
        {
            items.ToList().ForEach(RequireText);
        }
        else if (node?.GetValueKind() == JsonValueKind.String)
        {
            _ = node.GetValue<string>();
        }
    }

    [GeneratedRegex(@"\A[\w.""'-]+\s*=")]
    private static partial Regex KeyEquals();
}
