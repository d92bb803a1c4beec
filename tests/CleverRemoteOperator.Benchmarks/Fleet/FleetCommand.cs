using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Load;

namespace CleverRemoteOperator.Benchmarks.Fleet;

/// <summary><c>fleet</c>: what many resources in many clusters cost, and how soon they are served.</summary>
internal static class FleetCommand
{
    public static Command Create() => Scenario.Create(
        "fleet", "Measures a start, a burst of resources, a trickle of more, rest, and a restart.", new LoadOptions(), FleetPhases.RunAsync);
}
