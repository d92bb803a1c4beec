using System.CommandLine;
using CleverRemoteOperator.Commands.Screens;

namespace CleverRemoteOperator.Commands.Explain;

/// <summary><c>explain [REASON]</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandContext context)
    {
        var what = new Argument<string?>("reason")
        {
            Description = "Reason of a condition, an Event or a cluster. Default: print the table of all reasons as Markdown.",
            HelpName = "REASON",
            Arity = ArgumentArity.ZeroOrOne,
        };
        what.CompletionSources.Add([.. ReasonText.All.Select(reason => reason.Name)]);
        var explain = new Command("explain", "Explain a reason: what it means and what to do.") { what };
        explain.SetAction(parsed => Reason(
            parsed.GetValue(what), context.Terminal(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
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
}
