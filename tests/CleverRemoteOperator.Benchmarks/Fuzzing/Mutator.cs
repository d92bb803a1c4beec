using System.Text;
using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Tests.Hostile;

namespace CleverRemoteOperator.Benchmarks.Fuzzing;

/// <summary>Makes new inputs of old ones: a few small accidents each, of bytes, of pieces, and of what trips readers of JSON, YAML and TOML.</summary>
internal sealed class Mutator(Dice dice)
{
    private const int MaxLength = 64 * 1024;
    private const int MostMutations = 6;
    private const int LongestPiece = 200;

    private static readonly byte[][] Words = [.. new[]
    {
        "null", "true", "false", "{}", "[]", "\"\"", "0", "-1", "1e999", "-0.0", "9223372036854775808", "18446744073709551616", "0x7f", "1_000", ".nan", "~",
        "\\u0000", "\\ud800", "\\udc00", "\\u202e", "\\", "\"", "'", "\0", "\u001b[2J", "\r", "\t", "\u2028", "\ufeff", "\u202e", "é", "😀",
        "{{", "}}", "[[", "]]", ",", ":", "=", "#", "- ", "? ", "| ", "> ", "---\n", "...\n", "&a ", "*a", "<<: *a", "!!binary ", "!!str ", "%YAML 1.1\n", "%", "%00", "..", "/", "::",
        "\n", "\n\n", "\"\"\"", "'''", "2026-01-02T03:04:05Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "10000-01-01", "99:99",
        "metadata", "annotations", "name", "namespace", "uid", "kind", "apiVersion", "spec", "status", "items", "conditions", "resourceVersion", "generation",
        "finalizers", "ownerReferences", "deletionTimestamp", "labels", "data", "token", "secret", "api", "operator", "clusters", "endpoint", "kubeconfig",
        "organisation", "plan", "region", "version", "options", "variables", "kubernetes::Redis::", "addon_1", "api.clever-cloud.com/", "https://user@host/", "http://[::1]:99999",
        "-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\n", "-----BEGIN PRIVATE KEY-----\n", "CLEVER_OPERATOR_", "HTTP/1.1 200 OK\r\n\r\n", "Bearer ", "--config", "-vvv", "2147483648", "Fri, 31 Dec 9999 23:59:59 GMT",
        Reader.Secret,
    }.Select(Encoding.UTF8.GetBytes)];

    private static readonly (string Open, string Close)[] Nests = [("{\"a\":", "}"), ("[", "]"), ("{a: ", "}"), ("a.", ""), ("- ", ""), ("(", ")"), ("\"", "\"")];

    /// <param name="input">What to start from.</param>
    /// <param name="other">What pieces may come from besides.</param>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        var made = input;
        for (var left = dice.Number(1, MostMutations); left > 0; left--)
        {
            made = Once(made, other);
        }

        return made.Length <= MaxLength ? made : made[..MaxLength];
    }

    private byte[] Once(byte[] input, byte[] other)
    {
        var (from, to) = Piece(input);
        switch (dice.Number(0, 11))
        {
            case 0 when input.Length > 0: // a bit
                byte[] flipped = [.. input];
                flipped[Place(input.Length - 1)] ^= (byte)(1 << dice.Number(0, 7));
                return flipped;
            case 1 when input.Length > 0: // a byte
                byte[] changed = [.. input];
                changed[Place(input.Length - 1)] = (byte)dice.Number(0, 255);
                return changed;
            case 2: // the head of one, the tail of the other
                return [.. input[..Place(input.Length)], .. other[Place(other.Length)..]];
            case 3: // a piece of the other
                var (start, end) = Piece(other);
                return [.. input[..from], .. other[start..end], .. input[from..]];
            case 4: // a piece less
                return [.. input[..from], .. input[to..]];
            case 5: // a piece twice, or often
                var times = dice.Percent(10) ? dice.Number(2, 300) : 1;
                return [.. input[..to], .. Enumerable.Repeat(input[from..to], times).SelectMany(piece => piece), .. input[to..]];
            case 6: // a piece within others
                var (open, close) = dice.Pick(Nests);
                var depth = dice.Percent(10) ? dice.Number(20, 2000) : 1;
                return [.. input[..from], .. Repeated(open, depth), .. input[from..to], .. Repeated(close, depth), .. input[to..]];
            case 7: // long
                return [.. input[..from], .. Repeated(dice.Pick(["a", "9", " ", "\n", "é", "a,", "A1b-"]), dice.Number(100, 5000)), .. input[from..]];
            case 8: // two pieces change places
                var (later, last) = Piece(input[to..]);
                return [.. input[..from], .. input[(to + later)..(to + last)], .. input[to..(to + later)], .. input[from..to], .. input[(to + last)..]];
            case 9: // one value in the place of another
                var (value, endOfValue) = Value(input);
                return [.. input[..value], .. dice.Pick(Words), .. input[endOfValue..]];
            default:
                return [.. input[..from], .. dice.Pick(Words), .. input[(dice.Percent(50) ? to : from)..]];
        }
    }

    private (int From, int To) Piece(byte[] input)
    {
        var from = Place(input.Length);
        return (from, from + dice.Number(0, Math.Min(LongestPiece, input.Length - from)));
    }

    // From somewhere on, what no quote, comma, bracket or end of line interrupts.
    private (int From, int To) Value(byte[] input)
    {
        var (from, at) = (Place(input.Length), 0);
        for (at = from; at > 0 && !IsEnd(input[at - 1]); at--)
        {
        }

        var to = from;
        while (to < input.Length && !IsEnd(input[to]))
        {
            to++;
        }

        return (at, to);
    }

    private static bool IsEnd(byte letter) => letter is (byte)'"' or (byte)',' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)'\n' or (byte)':' or (byte)'=';

    private int Place(int length) => dice.Number(0, Math.Max(0, length));

    private static byte[] Repeated(string text, int times) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
}
