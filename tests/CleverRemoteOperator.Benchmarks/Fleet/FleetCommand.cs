using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Load;

namespace CleverRemoteOperator.Benchmarks.Fleet;

/// <summary><c>fleet</c>: what many resources in many clusters cost, and how soon they are served.</summary>
internal static class FleetCommand
{
    public static Command Create()
    {
        var line = new LoadCommandLine(new LoadOptions());
        var command = new Command("fleet", "Measures an operator over a fleet of clusters: its start, a burst of resources, a trickle, rest, and a restart.");
        line.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(line.Read(parsed), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static Task<int> RunAsync(LoadOptions options, TextWriter output) => Scenario.RunAsync(
        "fleet", options, output, publish => new FleetRun(options, publish, output, TimeProvider.System).RunAsync());
}
