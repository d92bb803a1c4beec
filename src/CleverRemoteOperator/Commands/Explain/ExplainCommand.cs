using System.CommandLine;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Commands.Screens;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Commands.Explain;

/// <summary><c>explain [REASON | CLUSTER/NAMESPACE/KIND/NAME]</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandContext context)
    {
        var what = new Argument<string?>("what")
        {
            Description = "Reason of a condition, an Event or a cluster; or a resource as CLUSTER/NAMESPACE/KIND/NAME. Default: print the table of all reasons as Markdown.",
            HelpName = "REASON|RESOURCE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        what.CompletionSources.Add([.. ReasonText.All.Select(reason => reason.Name)]);
        var explain = new Command("explain", "Explain a reason: what it means and what to do. Or a resource: what it asks for, what serves it, how it stands, what a deletion would do.") { what };
        explain.SetAction((parsed, token) => parsed.GetValue(what) is { } resource && resource.Contains('/', StringComparison.Ordinal)
            ? context.RunAsync(parsed, configuration => ResourceAsync(resource, parsed, configuration, context.Terminal(parsed), token))
            : Task.FromResult(Reason(parsed.GetValue(what), context.Terminal(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error)));
        return explain;
    }

    private static int Reason(string? name, Terminal terminal, TextWriter output, TextWriter error)
    {
        if (name is null)
        {
            output.Write(ReasonText.Table());
            return ExitCode.Success;
        }

        List<string> mistakes = [];
        if (Words.One("reason", name, [.. ReasonText.All.Select(reason => reason.Name)], mistakes) is not { } known)
        {
            MistakeLines.Write(error, mistakes);
            return ExitCode.BadInput;
        }

        output.Write(ReasonText.All.First(reason => reason.Name == known).Write(terminal));
        return ExitCode.Success;
    }

    private static async Task<int> ResourceAsync(string text, ParseResult parsed, OperatorConfiguration configuration, Terminal terminal, CancellationToken token)
    {
        var error = parsed.InvocationConfiguration.Error;
        using var composition = new Composition(configuration, NullLoggerFactory.Instance);
        List<string> mistakes = [];
        if (ResourcePlace.Read(text, FleetCluster.All(configuration, composition.Definitions).Clusters, mistakes) is not { } place)
        {
            MistakeLines.Write(error, mistakes);
            return ExitCode.BadInput;
        }

        try
        {
            var story = await new StoryReader(composition.Clusters, composition.Clever, configuration, composition.Time).ReadAsync(place, token);
            await parsed.InvocationConfiguration.Output.WriteAsync(StoryView.Write(story, terminal, composition.Time.GetUtcNow()));
            return ExitCode.Success;
        }
        catch (CommandException failure)
        {
            MistakeLines.Write(error, [failure.Message]);
            return ExitCode.Failure;
        }
    }
}
