using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Printing;

/// <summary>The condition of a JSONPath filter: <c>@.path</c> for existence, or <c>@.path == literal</c> and the other comparisons.</summary>
internal sealed partial class JsonPathFilter
{
    private readonly JsonPath _path;
    private readonly string _operator;
    private readonly JsonNode? _literal;

    private JsonPathFilter(JsonPath path, string comparison, JsonNode? literal)
    {
        _path = path;
        _operator = comparison;
        _literal = literal;
    }

    public static JsonPathFilter Parse(string text)
    {
        var match = Shape().Match(text);
        if (!match.Success)
        {
            throw new FormatException($"JSONPath filter {text}: expected @.path, or @.path, a comparison and a literal");
        }

        var literal = match.Groups["literal"].Value.Trim();
        return new JsonPathFilter(
            JsonPath.Parse(match.Groups["path"].Value.Trim()),
            match.Groups["operator"].Value,
            literal.Length == 0 ? null : Literal(literal));
    }

    public bool Matches(JsonNode? item)
    {
        JsonNode?[] found = item is null ? [] : [.. _path.Find(item)];
        if (_operator.Length == 0)
        {
            return found.Length > 0;
        }

        return found.Any(value => value is not null && Compare(value));
    }

    private bool Compare(JsonNode value)
    {
        if (_operator is "==" or "!=")
        {
            return JsonNode.DeepEquals(value, _literal) == (_operator == "==");
        }

        var order = JsonWords.TryNumber(value, out var left) && JsonWords.TryNumber(_literal, out var right)
            ? left.CompareTo(right)
            : string.CompareOrdinal(value.ToString(), _literal?.ToString());
        return _operator switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static JsonNode? Literal(string text)
    {
        if (text is ['\'', .. string inner, '\''])
        {
            return JsonValue.Create(inner);
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"JSONPath filter: {text} is no string, number or boolean", exception);
        }
    }

    [GeneratedRegex(@"^\s*@(?<path>[.\[][^=!<>]*?)\s*((?<operator>==|!=|<=|>=|<|>)\s*(?<literal>.+?)\s*)?$")]
    private static partial Regex Shape();
}
