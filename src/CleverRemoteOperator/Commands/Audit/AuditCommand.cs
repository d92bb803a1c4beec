using System.CommandLine;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Commands.Screens;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Commands.Audit;

/// <summary><c>audit [--organisation ID]… [--output table|wide|json|yaml]</c>.</summary>
internal sealed class AuditCommand
{
    private readonly Option<string[]> _organisations = new("--organisation")
    {
        Description = "Organisation (orga_…) or account (user_…) to look at; may be repeated. Default: all that credentials or resources name.",
        HelpName = "id",
    };

    private readonly Option<string> _output = Words.OutputOption();

    public static Command Create(CommandContext context)
    {
        var audit = new AuditCommand();
        var command = new Command("audit", "Compare the add-ons at Clever Cloud with the resources of every cluster: orphans, missing ones, duplicates. Changes nothing. Exit code 1 when it finds some, 2 when not everything could be seen.")
        {
            audit._organisations,
            audit._output,
        };
        command.SetAction((parsed, token) => context.RunAsync(parsed, configuration => audit.RunAsync(parsed, configuration, context.Terminal(parsed), token)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, OperatorConfiguration configuration, Terminal terminal, CancellationToken token)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var composition = new Composition(configuration, NullLoggerFactory.Instance);
        List<string> mistakes = [];
        var (clusters, problems) = FleetCluster.All(configuration, composition.Definitions);
        var format = Words.Format(parsed.GetValue(_output)!, mistakes);
        mistakes.AddRange(problems.Select(problem => problem.ToString()));
        if (mistakes.Count > 0)
        {
            MistakeLines.Write(error, mistakes);
            return ExitCode.BadInput;
        }

        var progress = new Progress(output, format is OutputFormat.Json or OutputFormat.Yaml ? Terminal.Pipe : terminal);
        await progress.ShowAsync("looking at the clusters");
        var views = await new FleetReader(composition.Clusters, composition.Time, FleetReader.Limit).ReadAsync(clusters, new(), token);
        var rule = EndpointRule.OfNamespaces(configuration);
        var namespaces = await Task.WhenAll(clusters.Select(cluster => NamespaceAccounts.ReadAsync(cluster, composition.Clusters, rule, composition.Time, FleetReader.Limit, token)));
        List<ResourceView> resources = [.. views.SelectMany(view => view.Resources)];
        await progress.ShowAsync("looking at Clever Cloud");
        var inventory = await FleetInventory.ReadAsync(
            FleetAccount.Of(configuration, clusters, namespaces), resources, parsed.GetValue(_organisations) ?? [], composition.Clever, composition.Time, FleetReader.Limit, token);
        await progress.ClearAsync();
        List<string> unseen =
        [
            .. views.Where(view => view.IsIncomplete).Select(view => $"cluster {view.Name}: {view.Reason}: {view.Message}"),
            .. inventory.Problems,
        ];
        if (unseen.Count > 0)
        {
            MistakeLines.Write(error, unseen);
            await error.WriteLineAsync("error: no audit while something cannot be seen, as add-ons in use would look like orphans: mend the above, or remove it from the configuration");
            return ExitCode.BadInput;
        }

        var entries = AuditReport.Of([.. clusters.Select(cluster => cluster.Definition!)], resources, inventory.Addons);
        await output.WriteAsync(format is OutputFormat.Json or OutputFormat.Yaml
            ? DataText.Write(AuditView.Data(entries), format.Value)
            : AuditView.Write(entries, inventory.Addons.Values.Sum(list => list.Count), inventory.Addons.Count, terminal, format == OutputFormat.Wide));
        return entries.Any(entry => entry.IsWrong) ? ExitCode.Failure : ExitCode.Success;
    }
}
