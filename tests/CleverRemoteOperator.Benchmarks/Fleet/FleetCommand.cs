using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Load;

namespace CleverRemoteOperator.Benchmarks.Fleet;

/// <summary><c>fleet</c>: what many resources in many clusters cost, and how soon they are served.</summary>
internal static class FleetCommand
{
    public static Command Create()
    {
        var check = new Option<bool>("--check") { Description = "Exit code 1 when requests, writes or memory are not as promised; times do not matter." };
        var command = Scenario.Create(
            "fleet", "Measures a start, a burst of resources, a trickle of more, rest, a restart, and the floor: the same requests without an operator.", new LoadOptions(), FleetPhases.RunAsync,
            judge: (parsed, options, figures) => parsed.GetValue(check) ? new FleetCheck(options, figures).Violations() : []);
        command.Options.Add(check);
        return command;
    }
}
