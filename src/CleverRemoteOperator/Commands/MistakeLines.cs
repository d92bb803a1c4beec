using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Commands;

/// <summary>Prints mistakes, one per line.</summary>
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
