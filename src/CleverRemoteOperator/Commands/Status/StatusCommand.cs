using System.CommandLine;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Commands.Screens;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Commands.Status;

/// <summary><c>status [--cluster NAME]… [--namespace NS] [--kind KIND] [--not-ready] [--watch] [--output table|wide|json|yaml]</c>.</summary>
internal sealed class StatusCommand
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly FleetOptions _fleet = new();
    private readonly Option<string> _output = Words.OutputOption();
    private readonly Option<bool> _notReady = new("--not-ready") { Description = "Show only what is not Ready; the sums count all." };
    private readonly Option<bool> _watch = new("--watch", "-w") { Description = "Look again every 5 s until Ctrl-C; in a pipe, print again when something changed." };

    public static Command Create(CommandContext context)
    {
        var status = new StatusCommand();
        var command = new Command("status", "Show the resources of every cluster, problems first, read from the clusters themselves. Exit code 1 when a cluster could not be seen.");
        status._fleet.AddTo(command);
        command.Options.Add(status._notReady);
        command.Options.Add(status._watch);
        command.Options.Add(status._output);
        command.SetAction((parsed, token) => context.RunAsync(parsed, configuration => status.RunAsync(parsed, configuration, context.Terminal(parsed), token)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, OperatorConfiguration configuration, Terminal terminal, CancellationToken token)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var composition = new Composition(configuration, NullLoggerFactory.Instance);
        List<string> mistakes = [];
        var (all, problems) = FleetCluster.All(configuration, composition.Definitions);
        var format = Words.Format(parsed.GetValue(_output)!, mistakes);
        var filter = _fleet.Filter(parsed, _fleet.Clusters(parsed, all, mistakes), mistakes);
        if (mistakes.Count > 0)
        {
            MistakeLines.Write(error, mistakes);
            return ExitCode.BadInput;
        }

        MistakeLines.Write(error, problems);
        var reader = new FleetReader(composition.Clusters, composition.Time, FleetReader.Limit);
        async Task<(IReadOnlyList<ClusterView> Clusters, string Text, string Content)> LookAsync()
        {
            // Kubeconfigs come and go while one watches.
            var clusters = await reader.ReadAsync(_fleet.Clusters(parsed, FleetCluster.All(configuration, composition.Definitions).Clusters, []), filter, token);
            var withReady = !parsed.GetValue(_notReady);
            var data = DataText.Write(StatusData.Of(clusters, withReady), format == OutputFormat.Yaml ? OutputFormat.Yaml : OutputFormat.Json);
            return (clusters, format is OutputFormat.Json or OutputFormat.Yaml
                ? data
                : StatusView.Write(clusters, terminal, format == OutputFormat.Wide, withReady, composition.Time.GetUtcNow()), data);
        }

        if (parsed.GetValue(_watch))
        {
            await new Redrawing(output, terminal, composition.Time, Period).RunAsync(
                async () => await LookAsync() is var look ? (look.Text, look.Content) : default, token);
        }

        var (clusters, text, _) = await LookAsync();
        await output.WriteAsync(text);
        return problems.Count > 0 || clusters.Any(cluster => cluster.IsIncomplete) ? ExitCode.Failure : ExitCode.Success;
    }
}
