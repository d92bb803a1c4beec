using System.CommandLine;
using System.CommandLine.Parsing;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Observability.Pages;

namespace CleverRemoteOperator.Commands;

/// <summary>Serves clusters until the token is cancelled; gives the exit code.</summary>
internal delegate Task<int> RunOperator(OperatorConfiguration configuration, CancellationToken token);

/// <summary>From the arguments to the exit code: every error is one line on standard error, never a stack trace.</summary>
internal static class CommandLine
{
    // The parser quotes arguments and libraries quote their input: either may contain anything.
    private const int MaxMistake = 1024;
    private const int MaxMistakes = 20;

    public static async Task<int> RunAsync(
        string[] arguments, ProcessEnvironment environment, RunOperator run, TextWriter output, TextWriter error, CancellationToken token = default)
    {
        var parsed = RootCommandFactory.Create(environment, run).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var mistake in parsed.Errors.Take(MaxMistakes))
            {
                await error.WriteLineAsync($"error: command line: {Printable.Of(Disclosure.Hide(mistake.Message.TrimEnd('.')), MaxMistake)}; {WayOut(parsed, mistake)}");
            }
            if (parsed.Errors.Count > MaxMistakes)
            {
                await error.WriteLineAsync($"error: command line: {parsed.Errors.Count - MaxMistakes} more errors");
            }
            return ExitCode.BadInput;
        }
        try
        {
            // The operator's host handles SIGTERM and SIGINT itself: it needs longer than the parser's two seconds.
            return await parsed.InvokeAsync(
                new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return ExitCode.Success;
        }
        catch (ListenerException failure)
        {
            await error.WriteLineAsync($"error: {failure.Message}");
            return ExitCode.Failure;
        }
        catch (Exception failure)
        {
            await error.WriteLineAsync($"error: {failure.GetType().Name}: {Printable.Of(FailureText.Of(failure), MaxMistake)}");
            return ExitCode.Failure;
        }
    }

    // The word that nobody knows is quoted in the parser's message and nowhere else.
    private static string WayOut(ParseResult parsed, ParseError mistake)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.SelectMany(known => known.Aliases.Append(known.Name))
            .Concat(Options(command).Where(option => !option.Hidden).SelectMany(option => option.Aliases.Append(option.Name)))
            .Where(name => name.Length > 2).ToList();
        return parsed.UnmatchedTokens.Distinct(StringComparer.Ordinal).Where(word => mistake.Message.Contains($"'{word}'", StringComparison.Ordinal))
            .Select(word => DidYouMean.Nearest(word, known)).FirstOrDefault(near => near is not null) is { } nearest
            ? $"did you mean {nearest}?"
            : "see --help";
    }

    private static IEnumerable<Option> Options(Command command) => command.Options.Concat(
        command.Parents.OfType<Command>().SelectMany(Options).Where(option => option.Recursive));
}
