using System.CommandLine;
using CleverRemoteOperator.Commands.Screens;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Commands;

/// <summary>What a command works with: the configuration, as files, variables and the command line give it.</summary>
internal sealed class CommandContext(ConfigurationLoader loader, GlobalOptions options, ProcessEnvironment environment)
{
    /// <summary>Where the command's output goes.</summary>
    public Terminal Terminal(ParseResult parsed) => Screens.Terminal.Of(parsed.InvocationConfiguration.Output, environment);

    /// <summary>The configuration with its mistakes, for a command that shows it.</summary>
    /// <param name="clustersRequired">Whether it is a mistake when nothing names a cluster.</param>
    public ConfigurationResult Load(ParseResult parsed, bool clustersRequired = true) => loader.Load(options.Read(parsed), clustersRequired);

    /// <summary>
    /// Runs what needs a valid configuration, and gives its exit code; with a mistake it prints them all and gives
    /// <see cref="ExitCode.BadInput"/>. Programs started from then on do not see the operator's variables.
    /// </summary>
    public async Task<int> RunAsync(ParseResult parsed, Func<OperatorConfiguration, Task<int>> run)
    {
        var result = Load(parsed);
        if (result.Configuration is not { } configuration)
        {
            MistakeLines.Write(parsed.InvocationConfiguration.Error, result.Mistakes);
            return ExitCode.BadInput;
        }

        ProcessEnvironment.ScrubEnvironment();
        return await run(configuration);
    }
}
