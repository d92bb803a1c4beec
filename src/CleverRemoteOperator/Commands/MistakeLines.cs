using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Commands;

/// <summary>Prints mistakes, one per line.</summary>
internal static class MistakeLines
{
    public static void Write(TextWriter error, IEnumerable<ConfigurationMistake> mistakes) => Write(error, mistakes.Select(mistake => mistake.ToString()));

    public static void Write(TextWriter error, IEnumerable<string> mistakes)
    {
        foreach (var mistake in mistakes)
        {
            error.WriteLine($"error: {mistake}");
        }
    }
}
