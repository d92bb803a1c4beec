using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CleverRemoteOperator.Addons;

/// <summary>Writes JSON as YAML that reads back to the same JSON. By events: the library's serializer needs reflection, which a native program has not.</summary>
internal static partial class YamlWriter
{
    /// <summary>One document, fields in their order, ending in a line feed.</summary>
    /// <param name="comments">Comments above items of lists; with them lists of scalars are on one line. Null for none.</param>
    public static string Write(JsonNode node, IReadOnlyDictionary<JsonNode, string>? comments = null)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings().WithMaxSimpleKeyLength(512).WithNewLine("\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        Emit(emitter, node, comments);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(Emitter emitter, JsonNode? node, IReadOnlyDictionary<JsonNode, string>? comments)
    {
        switch (node)
        {
            case JsonObject fields:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, fields.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (name, value) in fields)
                {
                    emitter.Emit(Text(name));
                    Emit(emitter, value, comments);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, items.Count == 0 || (comments is not null && items[0] is JsonValue) ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in items)
                {
                    if (item is not null && comments?.TryGetValue(item, out var comment) == true)
                    {
                        emitter.Emit(new Comment(comment, isInline: false));
                    }

                    Emit(emitter, item, comments);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                emitter.Emit(Text(value.GetValue<string>()));
                break;
            default:
                emitter.Emit(new Scalar(node?.ToJsonString() ?? "null"));
                break;
        }
    }

    // What begins with a letter, or a dot and a letter, is text to every reader, but for a few words; anything else is quoted rather than guessed about.
    private static Scalar Text(string text) =>
        new(AnchorName.Empty, TagName.Empty, text, IsPlain().IsMatch(text) ? ScalarStyle.Any : ScalarStyle.SingleQuoted, true, true);

    [GeneratedRegex(@"^(?!(y|n|yes|no|on|off|true|false|null|\.inf|\.nan)\z)\.?[a-z][^\r\n]*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsPlain();
}
