using System.CommandLine;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Commands.Screens;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverRemoteOperator.Commands.Doctor;

/// <summary><c>doctor [--cluster NAME]… [--output table|json|yaml]</c>.</summary>
internal sealed class DoctorCommand
{
    private readonly Option<string[]> _clusters = FleetOptions.ClusterOption();
    private readonly Option<string> _output = Words.OutputOption();

    public static Command Create(CommandContext context)
    {
        var doctor = new DoctorCommand();
        var command = new Command("doctor", "Check every cluster and every account as the operator would use them, and say what to do. Changes nothing. Exit code 1 when something fails.")
        {
            doctor._clusters,
            doctor._output,
        };
        command.SetAction((parsed, token) => context.RunAsync(parsed, configuration => doctor.RunAsync(parsed, configuration, context.Terminal(parsed), token)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, OperatorConfiguration configuration, Terminal terminal, CancellationToken token)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var composition = new Composition(configuration, NullLoggerFactory.Instance);
        List<string> mistakes = [];
        var (all, problems) = FleetCluster.All(configuration, composition.Definitions);
        var format = Words.Format(parsed.GetValue(_output)!, mistakes);
        var clusters = FleetOptions.Named(parsed.GetValue(_clusters) ?? [], all, mistakes);
        if (mistakes.Count > 0)
        {
            MistakeLines.Write(error, mistakes);
            return ExitCode.BadInput;
        }

        MistakeLines.Write(error, problems);
        var isData = format is OutputFormat.Json or OutputFormat.Yaml;
        var examination = new Examination(composition.Clusters, composition.Clever, configuration, composition.Time);
        List<Finding> findings = [];
        var progress = new Progress(output, isData ? Terminal.Pipe : terminal);
        await foreach (var finding in examination.RunAsync(clusters, progress.ShowAsync, token))
        {
            findings.Add(finding);
            await progress.ClearAsync();
            await output.WriteAsync(isData ? "" : DoctorView.Write(finding, terminal));
        }

        await output.WriteAsync(isData
            ? DataText.Write(Data(findings), format!.Value)
            : DoctorView.Manifests(findings) + DoctorView.Sum(findings) + "\n");
        return problems.Count > 0 || findings.Any(finding => finding.Worst == CheckResult.Failed) ? ExitCode.Failure : ExitCode.Success;
    }

    // By the constructor: what adds items one by one is generic, which a native program has not.
    private static JsonArray Data(List<Finding> findings) => new([
        .. from finding in findings
           from check in finding.Checks
           select DataText.Object(
               ("subject", finding.Subject), ("check", check.What), ("result", check.Result.ToString()), ("message", check.Message), ("manifests", check.Manifests))]);
}
