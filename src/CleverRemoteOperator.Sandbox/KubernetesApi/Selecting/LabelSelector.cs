using System.Buffers;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Selecting;

/// <summary>A label selector: conditions that all have to hold. Throws 400 for what it cannot read.</summary>
internal sealed class LabelSelector
{
    private static readonly string[] Operators = ["==", "!=", "=", ">", "<"];

    private static readonly SearchValues<char> WordEnds = SearchValues.Create("(),!=<> \t");

    private readonly List<LabelRequirement> _requirements = [];
    private readonly Queue<string> _tokens;

    private LabelSelector(string text)
    {
        _tokens = new(Tokens(text));
        while (_tokens.Count > 0)
        {
            _requirements.Add(Requirement());
            if (_tokens.TryDequeue(out var separator) && separator != ",")
            {
                throw Unexpected(separator, "',' or 'end of string'");
            }
        }
    }

    public bool IsEmpty => _requirements.Count == 0;

    public static LabelSelector Parse(string? text) => new(text ?? "");

    public bool Matches(IReadOnlyDictionary<string, string> labels) => _requirements.TrueForAll(requirement => requirement.Matches(labels));

    private LabelRequirement Requirement()
    {
        var key = _tokens.Dequeue();
        if (key == "!")
        {
            return new(Word("identifier"), LabelOperator.DoesNotExist, []);
        }

        if (!IsWord(key))
        {
            throw Unexpected(key, "!, identifier, or 'end of string'");
        }

        if (!_tokens.TryPeek(out var next) || next == ",")
        {
            return new(key, LabelOperator.Exists, []);
        }

        return _tokens.Dequeue() switch
        {
            "=" or "==" => new(key, LabelOperator.In, [Value()]),
            "!=" => new(key, LabelOperator.NotIn, [Value()]),
            ">" or "gt" => new(key, LabelOperator.GreaterThan, [Value()]),
            "<" or "lt" => new(key, LabelOperator.LessThan, [Value()]),
            "in" => new(key, LabelOperator.In, Values()),
            "notin" => new(key, LabelOperator.NotIn, Values()),
            var other => throw Unexpected(other, "in, notin, =, ==, !=, gt, lt"),
        };
    }

    /// <summary>One value, which may be empty.</summary>
    private string Value() => _tokens.TryPeek(out var next) && IsWord(next) ? _tokens.Dequeue() : "";

    private List<string> Values()
    {
        Expect("(", "'('");
        List<string> values = [Value()];
        while (_tokens.TryPeek(out var next) && next == ",")
        {
            _tokens.Dequeue();
            values.Add(Value());
        }

        Expect(")", "',' or ')'");
        return values;
    }

    private string Word(string expected) => _tokens.TryDequeue(out var word) && IsWord(word) ? word : throw Unexpected(word ?? "", expected);

    private void Expect(string token, string expected)
    {
        if (!_tokens.TryDequeue(out var found) || found != token)
        {
            throw Unexpected(found ?? "", expected);
        }
    }

    private static bool IsWord(string token) => token.Length > 0 && !"(),!=<>".Contains(token[0], StringComparison.Ordinal);

    private static ApiException Unexpected(string found, string expected) =>
        ApiErrors.BadRequest($"unable to parse requirement: found '{found}', expected: {expected}");

    private static IEnumerable<string> Tokens(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var special = Array.Find(Operators, candidate => text.AsSpan(i).StartsWith(candidate, StringComparison.Ordinal));
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
            }
            else if (special is not null || "(),!".Contains(text[i], StringComparison.Ordinal))
            {
                special ??= text[i].ToString();
                i += special.Length;
                yield return special;
            }
            else
            {
                var end = text.AsSpan(i).IndexOfAny(WordEnds);
                var word = end < 0 ? text[i..] : text.Substring(i, end);
                i += word.Length;
                yield return word;
            }
        }
    }
}
