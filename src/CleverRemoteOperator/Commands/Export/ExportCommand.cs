using System.CommandLine;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Hosting;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Timing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Commands.Export;

/// <summary><c>export --cluster NAME [--namespace NS] [--kind KIND] [--lost]</c>.</summary>
internal sealed class ExportCommand
{
    private readonly Option<string?> _cluster = new("--cluster") { Description = "Cluster whose resources are exported. Required.", HelpName = "name" };
    private readonly Option<string?> _namespace = FleetOptions.NamespaceOption();
    private readonly Option<string?> _kind = FleetOptions.KindOption();
    private readonly Option<bool> _lost = new("--lost") { Description = "The cluster is gone: take what the names of its add-ons tell. It need not be configured any more." };

    public static Command Create(CommandContext context)
    {
        var export = new ExportCommand();
        var command = new Command("export", "Print manifests by which another cluster adopts the add-ons of this one. They contain what the specs contain, the variables of a ConfigProvider too.")
        {
            export._cluster,
            export._namespace,
            export._kind,
            export._lost,
        };
        command.SetAction((parsed, token) => context.RunAsync(parsed, configuration => export.RunAsync(parsed, configuration, token)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, OperatorConfiguration configuration, CancellationToken token)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var composition = new Composition(configuration, NullLoggerFactory.Instance);
        List<string> mistakes = [];
        var (all, _) = FleetCluster.All(configuration, composition.Definitions);
        if (parsed.GetValue(_cluster) is not { } name)
        {
            MistakeLines.Write(error, [$"option --cluster: is missing; allowed: {string.Join(", ", all.Select(known => known.Name))}, or with --lost any cluster there was"]);
            return ExitCode.BadInput;
        }

        var isLost = parsed.GetValue(_lost);
        var cluster = isLost ? all.FirstOrDefault(known => known.Name == name) : FleetOptions.Named([name], all, mistakes) is [var only] ? only : null;
        var filter = FleetOptions.Filter(parsed.GetValue(_namespace), parsed.GetValue(_kind), isLost || cluster is null ? [] : [cluster], mistakes);
        if (mistakes.Count > 0)
        {
            MistakeLines.Write(error, mistakes);
            return ExitCode.BadInput;
        }

        try
        {
            var manifests = isLost
                ? await new LostCluster(composition.Clever, composition.Time).ReadAsync(
                    cluster?.Definition?.OwnerName ?? FormerNames.OwnerName(name, configuration.Operator.Fleet), FleetAccount.Of(configuration, all, []), filter, token)
                : await ReadAsync(composition.Clusters, cluster!, filter, composition.Time, token);
            await output.WriteAsync(string.Concat(manifests.DefaultIfEmpty($"# cluster {Printable.Of(name)} has no resource to export\n")));
            return ExitCode.Success;
        }
        catch (CommandException failure)
        {
            MistakeLines.Write(error, [failure.Message]);
            return ExitCode.Failure;
        }
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(IClusterFactory factory, FleetCluster cluster, FleetFilter filter, TimeProvider time, CancellationToken token)
    {
        if (cluster.Definition is not { } definition)
        {
            throw new CommandException($"cluster {cluster.Name}: {cluster.Source}: {cluster.Problem}");
        }

        using var deadline = new Deadline(FleetReader.Limit, time, token);
        try
        {
            using var api = factory.Connect(definition);
            List<JsonObject> resources = [];
            foreach (var type in (await ServedTypes.DiscoverAsync(api, deadline.Token)).Where(type => filter.Takes(type)))
            {
                foreach (var @namespace in filter.Namespaces(definition.Namespaces))
                {
                    resources.AddRange(await RawLister.ListAsync(api, type, @namespace, deadline.Token));
                }
            }

            return [.. resources.OrderBy(item => item["metadata"].Text("namespace"), StringComparer.Ordinal).ThenBy(item => item.Text("kind"), StringComparer.Ordinal)
                .ThenBy(item => item["metadata"].Text("name"), StringComparer.Ordinal).Select(ResourceManifest.Of)];
        }
        catch (KubernetesApiException failure)
        {
            throw new CommandException($"cluster {cluster.Name}: {failure.Message}; if it is lost for good, export --cluster {cluster.Name} --lost");
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            throw new CommandException($"cluster {cluster.Name}: not all was answered within {FleetReader.Limit.TotalSeconds:0} s");
        }
    }
}
