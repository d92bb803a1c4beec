using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Addons;

/// <summary>One object of a spec: reads its fields and notes each mistake with field, value and what is allowed. A null is an absent field.</summary>
/// <param name="path">Where it stands: <c>spec.instance</c>.</param>
/// <param name="mistakes">Where mistakes are noted.</param>
internal sealed partial class SpecSection(JsonObject fields, string path, List<string> mistakes)
{
    private const int ShownLength = 40;
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool Has(string name) => fields[name] is not null;

    /// <summary>The object under this name; an empty one when it is absent or no object.</summary>
    public SpecSection Section(string name, string allowed)
    {
        if (Has(name) && fields[name] is not JsonObject)
        {
            Refuse(name, allowed);
        }

        return new(fields[name] as JsonObject ?? [], $"{path}.{name}", mistakes);
    }

    /// <summary>The text under this name; null when it is absent or not as the pattern wants it.</summary>
    public string? Text(string name, Regex pattern, string allowed)
    {
        if (!Has(name))
        {
            return null;
        }

        if (fields.Text(name) is { } text && pattern.IsMatch(text))
        {
            return text;
        }

        Refuse(name, allowed);
        return null;
    }

    /// <summary>As <see cref="Text"/>, and its absence is a mistake.</summary>
    public string? RequiredText(string name, Regex pattern, string allowed)
    {
        if (!Has(name))
        {
            mistakes.Add($"{path}.{name} is missing; allowed: {allowed}");
        }

        return Text(name, pattern, allowed);
    }

    /// <summary>The version under this name as text, written as text or whole number.</summary>
    public string? Version(string name, string allowed) =>
        fields[name] is { } node && node.GetValueKind() == JsonValueKind.Number && WholeNumber().IsMatch(node.ToJsonString())
            ? node.ToJsonString()
            : Text(name, DottedNumbers(), allowed);

    /// <summary>The flag under this name; false when it is absent.</summary>
    public bool Flag(string name)
    {
        var kind = fields[name]?.GetValueKind();
        if (kind is not (null or JsonValueKind.True or JsonValueKind.False))
        {
            Refuse(name, "true or false");
        }

        return kind == JsonValueKind.True;
    }

    /// <summary>One of the words under this name; null when it is absent or none of them.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (!Has(name))
        {
            return null;
        }

        if (fields.Text(name) is { } text && Array.IndexOf(Enum.GetNames<T>(), text) is >= 0 and var index)
        {
            return Enum.GetValues<T>()[index];
        }

        Refuse(name, string.Join(" or ", Enum.GetNames<T>()));
        return null;
    }

    /// <summary>The list of such words under this name; empty when it is absent.</summary>
    public IReadOnlyList<string> Words(string name, params string[] words)
    {
        if (fields[name] is not { } node)
        {
            return [];
        }

        var texts = node is JsonArray list ? list.Select(item => item.Text()).ToList() : [null];
        if (texts.All(text => text is not null && words.Contains(text, StringComparer.Ordinal)))
        {
            return texts!;
        }

        Refuse(name, $"a list of {string.Join(", ", words)}");
        return [];
    }

    /// <summary>The list of such texts under this name, at least one; empty when it is absent or not as the pattern wants it.</summary>
    public IReadOnlyList<string> Names(string name, Regex pattern, string allowed)
    {
        if (fields[name] is JsonArray { Count: > 0 } list && list.All(item => item.Text() is { } text && pattern.IsMatch(text)))
        {
            return [.. list.Select(item => item.Text()!)];
        }

        Refuse(name, allowed);
        return [];
    }

    /// <summary>The objects of the list under this name; null when it is no such list, or an empty one.</summary>
    public IReadOnlyList<SpecSection>? Sections(string name) => fields[name] is JsonArray { Count: > 0 } list && list.All(item => item is JsonObject)
        ? [.. list.Select((item, index) => new SpecSection(item!.AsObject(), $"{path}.{name}[{index}]", mistakes))]
        : null;

    /// <summary>Notes every field that is none of these.</summary>
    public void Only(params string[] known) => mistakes.AddRange(fields.Select(field => field.Key).Where(name => !known.Contains(name, StringComparer.Ordinal))
        .Select(name => $"{path} has the field {Shown(name)}; allowed: {string.Join(", ", known)}"));

    /// <summary>All fields as texts. Values are never shown: they may be secrets.</summary>
    public Dictionary<string, string> Texts(Regex names, string allowedNames)
    {
        var texts = new Dictionary<string, string>();
        foreach (var (name, node) in fields)
        {
            if (!names.IsMatch(name))
            {
                mistakes.Add($"{path} has the name {Shown(name)}; allowed: {allowedNames}");
            }
            else if (node.Text() is { } text)
            {
                texts[name] = text;
            }
            else
            {
                mistakes.Add($"{path}.{name} is {Described(node)}; allowed: a string (put it in quotes)");
            }
        }

        return texts;
    }

    private void Refuse(string name, string allowed) =>
        mistakes.Add($"{path}.{name} is {Described(fields[name], show: true)}; allowed: {allowed}");

    private static string Described(JsonNode? node, bool show = false) => node?.GetValueKind() switch
    {
        null => "empty",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => show ? Shown(node.GetValue<string>()) : "text",
        JsonValueKind.Number => show ? Cut(node.ToJsonString()) : "a number",
        _ => show ? node.ToJsonString() : "true or false",
    };

    private static string Shown(string text) => Printable.Escape(JsonValue.Create(Cut(text)).ToJsonString(Readable));

    private static string Cut(string text) => text.Length <= ShownLength ? text : $"{text.AsSpan(0, ShownLength)}…";

    [GeneratedRegex(@"^[0-9]{1,9}\z")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^[0-9]{1,9}(\.[0-9]{1,9}){0,3}\z")]
    private static partial Regex DottedNumbers();
}
