using System.Text.RegularExpressions;
using CleverRemoteOperator.Tests.Hostile;

namespace CleverRemoteOperator.Benchmarks.Fuzzing;

/// <summary>The way an input went through its reader.</summary>
internal static partial class Outcome
{
    private const int MostMessages = 2;
    private const int MostLetters = 80;

    /// <summary>Equal for inputs that went the same way: the shape of the result and what was said, without what the input itself says.</summary>
    public static string Of(Reading reading, byte[] input)
    {
        var text = Reader.Text(input);
        var said = reading.Messages.Select(message => Plain(message, text)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostMessages);
        return $"{reading.Shape}|{string.Join('|', said)}";
    }

    /// <summary>Equal for mistakes of one kind: what is wrong, and for an exception where it comes from.</summary>
    public static string OfMistake(string broken)
    {
        var lines = broken.Split('\n');
        return Number().Replace(lines[0].Split(':')[0] + (lines.FirstOrDefault(line => line.Contains("CleverRemoteOperator.", StringComparison.Ordinal)) ?? ""), "0");
    }

    // The words of ours: what else is in a message comes from the input, and would make every input another way.
    private static string Plain(string message, string input)
    {
        var plain = string.Join(' ', Word().Matches(message).Select(word => word.Value).Where(word => !input.Contains(word, StringComparison.OrdinalIgnoreCase)));
        return plain.Length <= MostLetters ? plain : plain[..MostLetters];
    }

    [GeneratedRegex("(?<=^| )[a-z-]{2,}(?=[ ,;:.]|$)")]
    private static partial Regex Word();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
