using System.Globalization;
using System.Text;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>Cuts a CEL expression into tokens.</summary>
internal sealed class CelLexer(string text)
{
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ",", ".", "(", ")", "[", "]", "{", "}"];

    private int _position;

    public List<CelToken> Read()
    {
        List<CelToken> tokens = [];
        while (true)
        {
            while (_position < text.Length && char.IsWhiteSpace(text[_position]))
            {
                _position++;
            }

            if (_position == text.Length)
            {
                tokens.Add(new CelToken(CelTokenKind.End, "<EOF>", _position));
                return tokens;
            }

            tokens.Add(Next());
        }
    }

    private CelToken Next()
    {
        var start = _position;
        var c = text[_position];
        if (c is '"' or '\'')
        {
            return Text(start, raw: false);
        }

        if (c is 'r' or 'R' && _position + 1 < text.Length && text[_position + 1] is '"' or '\'')
        {
            _position++;
            return Text(start, raw: true);
        }

        if (char.IsAsciiDigit(c))
        {
            return Number(start);
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] == '_'))
            {
                _position++;
            }

            return Word(text[start.._position], start);
        }

        var symbol = Array.Find(Symbols, candidate => string.CompareOrdinal(text, start, candidate, 0, candidate.Length) == 0)
            ?? throw CelException.At(text, start, $"Syntax error: token recognition error at: '{c}'");
        _position += symbol.Length;
        return new CelToken(CelTokenKind.Symbol, symbol, start);
    }

    private static CelToken Word(string word, int start) => word switch
    {
        "true" => new CelToken(CelTokenKind.Literal, word, start, true),
        "false" => new CelToken(CelTokenKind.Literal, word, start, false),
        "null" => new CelToken(CelTokenKind.Literal, word, start),
        "in" => new CelToken(CelTokenKind.Symbol, word, start),
        _ => new CelToken(CelTokenKind.Identifier, word, start),
    };

    private CelToken Number(int start)
    {
        while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] == '.'
            || (text[_position] is '+' or '-' && text[_position - 1] is 'e' or 'E')))
        {
            _position++;
        }

        var word = text[start.._position];
        if (word.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex))
        {
            return new CelToken(CelTokenKind.Literal, word, start, hex);
        }

        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var integer))
        {
            return new CelToken(CelTokenKind.Literal, word, start, integer);
        }

        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new CelToken(CelTokenKind.Literal, word, start, number)
            : throw CelException.At(text, start, $"Syntax error: '{word}' is no integer and no double");
    }

    private CelToken Text(int start, bool raw)
    {
        var quote = text[_position];
        var end = text.AsSpan(_position).StartsWith(new string(quote, 3)) ? new string(quote, 3) : quote.ToString();
        StringBuilder value = new();
        for (_position += end.Length; _position < text.Length;)
        {
            if (string.CompareOrdinal(text, _position, end, 0, end.Length) == 0)
            {
                _position += end.Length;
                return new CelToken(CelTokenKind.Literal, text[start.._position], start, value.ToString());
            }

            if (text[_position] == '\\' && !raw && _position + 1 < text.Length)
            {
                value.Append(Escape());
            }
            else
            {
                value.Append(text[_position++]);
            }
        }

        throw CelException.At(text, start, "Syntax error: unterminated string");
    }

    private string Escape()
    {
        var start = _position;
        var c = text[_position + 1];
        _position += 2;
        var digits = c switch { 'x' or 'X' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && _position + digits <= text.Length
            && int.TryParse(text.AsSpan(_position, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code))
        {
            _position += digits;
            return char.ConvertFromUtf32(code);
        }

        return c switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            'a' => "\a",
            'b' => "\b",
            'f' => "\f",
            'v' => "\v",
            '\\' or '\'' or '"' or '`' or '?' => c.ToString(),
            _ => throw CelException.At(text, start, $"Syntax error: unknown escape '\\{c}'"),
        };
    }
}
