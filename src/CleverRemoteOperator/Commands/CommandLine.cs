using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Observability;

namespace CleverRemoteOperator.Commands;

/// <summary>Serves clusters until the token is cancelled; gives the exit code.</summary>
internal delegate Task<int> RunOperator(OperatorConfiguration configuration, CommandLineOptions options, CancellationToken token);

/// <summary>From the arguments to the exit code: every mistake one line on standard error, never a stack trace.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(
        string[] arguments, ProcessEnvironment environment, RunOperator run, TextWriter output, TextWriter error, CancellationToken token = default)
    {
        var parsed = RootCommandFactory.Create(environment, run).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var mistake in parsed.Errors)
            {
                await error.WriteLineAsync($"error: command line: {Disclosure.Hide(mistake.Message.TrimEnd('.'))}; allowed: see --help");
            }
            return ExitCode.BadInput;
        }
        try
        {
            // The host that runs the operator handles SIGTERM and SIGINT: it needs longer than the parser's two seconds.
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
            await error.WriteLineAsync($"error: {failure.GetType().Name}: {FailureText.Of(failure)}");
            return ExitCode.Failure;
        }
    }
}
