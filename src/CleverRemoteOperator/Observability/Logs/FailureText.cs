using System.Text;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Observability.Logs;

/// <summary>
/// What may be shown of an exception. Messages of our own exceptions contain no secrets; those of libraries may quote
/// whatever they were given, so what looks like a secret is hidden in them.
/// </summary>
internal static class FailureText
{
    private const int MaxDepth = 8;

    /// <summary>The message.</summary>
    public static string Of(Exception failure) =>
        failure.GetType().Assembly == typeof(FailureText).Assembly ? failure.Message : Disclosure.Hide(failure.Message);

    /// <summary>Type, message and stack of it and of what caused it, as its own text has them.</summary>
    public static string WithStack(Exception failure)
    {
        var text = new StringBuilder();
        Append(text, failure, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Exception failure, int depth)
    {
        text.Append(depth == 0 ? "" : "\n ---> ").Append(failure.GetType().FullName).Append(": ").Append(Of(failure));
        if (failure.StackTrace is { } stack)
        {
            text.Append('\n').Append(stack);
        }

        if (depth == MaxDepth)
        {
            return;
        }

        foreach (var inner in failure is AggregateException { InnerExceptions: var many } ? many : failure.InnerException is { } one ? [one] : [])
        {
            Append(text, inner, depth + 1);
        }
    }
}
