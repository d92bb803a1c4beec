using System.CommandLine;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Commands.Screens;

/// <summary>Words a person gives a command, out of those there are.</summary>
internal static class Words
{
    private const int Longest = 64;

    /// <summary><c>--output</c> of a command that shows tables.</summary>
    public static Option<string> OutputOption()
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "table, wide (every column), json or yaml.",
            HelpName = "format",
            DefaultValueFactory = _ => "table",
        };
        output.CompletionSources.Add("table", "wide", "json", "yaml");
        return output;
    }

    /// <summary>The format; null with the mistake when it is none.</summary>
    public static OutputFormat? Format(string text, List<string> mistakes) =>
        One("option --output", text, Enum.GetNames<OutputFormat>().Select(name => name.ToLowerInvariant()).ToList(), mistakes) is { } name
            ? Enum.Parse<OutputFormat>(name, ignoreCase: true)
            : null;

    /// <summary>The known word, whatever its case; null with the mistake when there is none.</summary>
    /// <param name="where">What the person gave it to: <c>option --cluster</c>.</param>
    public static string? One(string where, string given, IReadOnlyCollection<string> known, List<string> mistakes)
    {
        if (known.FirstOrDefault(name => string.Equals(name, given, StringComparison.OrdinalIgnoreCase)) is { } word)
        {
            return word;
        }

        mistakes.Add($"{where}: \"{Printable.Of(Disclosure.Of(given), Longest)}\" is not known; {DidYouMean.Hint(given, known)}");
        return null;
    }
}
