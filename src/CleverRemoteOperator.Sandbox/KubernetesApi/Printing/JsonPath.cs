using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Printing;

/// <summary>
/// The JSONPath of printer columns: <c>.field</c> (a dot in a name escaped by a backslash), <c>['field']</c>, <c>[n]</c>, <c>[a:b]</c>,
/// <c>[*]</c> and filters such as <c>[?(@.type=="Ready")]</c>.
/// </summary>
internal sealed class JsonPath
{
    private readonly List<Func<JsonNode?, IEnumerable<JsonNode?>>> _steps = [];

    private JsonPath(string text)
    {
        var i = 0;
        while (i < text.Length)
        {
            _steps.Add(text[i] switch
            {
                '.' => Field(ReadName(text, ref i)),
                '[' => Bracket(ReadBracket(text, ref i)),
                _ => throw new FormatException($"JSONPath {text}: expected '.' or '[' at position {i}"),
            });
        }
    }

    /// <summary>Reads a path; throws <see cref="FormatException"/> when it is none of the forms above.</summary>
    public static JsonPath Parse(string text) => new(text.StartsWith('.') || text.StartsWith('[')
        ? text
        : throw new FormatException($"JSONPath {text}: must start with '.'"));

    /// <summary>All values the path leads to; none where a part is missing.</summary>
    public IEnumerable<JsonNode?> Find(JsonNode root) =>
        _steps.Aggregate<Func<JsonNode?, IEnumerable<JsonNode?>>, IEnumerable<JsonNode?>>([root], (nodes, step) => nodes.SelectMany(step));

    private static string ReadName(string text, ref int i)
    {
        StringBuilder name = new();
        for (i++; i < text.Length && text[i] is not ('.' or '['); i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
            }

            name.Append(text[i]);
        }

        return name.ToString();
    }

    private static string ReadBracket(string text, ref int i)
    {
        var start = i + 1;
        var quote = '\0';
        for (i++; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == ']')
            {
                return text[start..i++];
            }
        }

        throw new FormatException($"JSONPath {text}: unterminated '['");
    }

    private static Func<JsonNode?, IEnumerable<JsonNode?>> Field(string name) => name is "" or "*"
        ? node => name == "*" ? Children(node) : [node]
        : node => node is JsonObject map && map.TryGetPropertyValue(name, out var value) ? [value] : [];

    private static Func<JsonNode?, IEnumerable<JsonNode?>> Bracket(string inside)
    {
        var text = inside.Trim();
        if (text is ['\'' or '"', .. string quoted, '\'' or '"'])
        {
            return Field(quoted);
        }

        if (text is ['?', '(', .. string filter, ')'])
        {
            var condition = JsonPathFilter.Parse(filter);
            return node => Children(node).Where(condition.Matches);
        }

        if (text == "*")
        {
            return Children;
        }

        int?[] range = [.. text.Split(':').Select(part => part.Length == 0 ? (int?)null : Number(part))];
        return range is [int index]
            ? node => node is JsonArray list && At(list, index) is var i && i >= 0 && i < list.Count ? [list[i]] : []
            : node => node is JsonArray list ? Slice(list, range) : [];
    }

    private static IEnumerable<JsonNode?> Slice(JsonArray list, int?[] range)
    {
        var start = At(list, range[0] ?? 0);
        var end = range[1] is { } last ? At(list, last) : list.Count;
        return Enumerable.Range(0, list.Count).Where(i => i >= start && i < end).Select(i => list[i]);
    }

    private static int At(JsonArray list, int index) => index < 0 ? list.Count + index : index;

    private static int Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FormatException($"JSONPath [{text}]: expected a number, a range, a quoted name, * or a filter");

    private static IEnumerable<JsonNode?> Children(JsonNode? node) => node switch
    {
        JsonArray list => list,
        JsonObject map => map.Select(pair => pair.Value),
        _ => [],
    };
}
