using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Commands;

/// <summary>Writes mistakes, each on a line of its own.</summary>
internal static class MistakeLines
{
    public static void Write(TextWriter error, IEnumerable<ConfigurationMistake> mistakes)
    {
        foreach (var mistake in mistakes)
        {
            error.WriteLine($"error: {mistake}");
        }
    }
}
