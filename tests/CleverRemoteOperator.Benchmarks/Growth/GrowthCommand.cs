using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Fleet;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Growth;

/// <summary><c>growth</c>: how cost grows when there are twice as many clusters, namespaces, resources, and ten times the resources.</summary>
internal static class GrowthCommand
{
    // What the curve shows of each size: phase, figure.
    private static readonly (string Phase, Group Group, string Name)[] Shown =
    [
        (FleetPhases.Start, Group.Time, "process start → all synced"),
        (FleetPhases.Burst, Group.Time, "Ready"),
        (FleetPhases.Burst, Group.Operator, "CPU a created resource"),
        (FleetPhases.Burst, Group.Operator, "resident memory"),
        (FleetPhases.Trickle, Group.CreateToSecret, "p50"),
        (FleetPhases.Trickle, Group.CreateToSecret, "p99"),
        (FleetPhases.Trickle, Group.Operator, "CPU a created resource"),
        (FleetPhases.Trickle, Group.Operator, "resident memory"),
        (FleetPhases.Rest, Group.Operator, "CPU, of one core"),
        (FleetPhases.Rest, Group.Operator, "resident memory"),
        (FleetPhases.Restart, Group.Time, "process start → all synced"),
        (FleetPhases.Restart, Group.Time, "process start → all looked at"),
        (FleetPhases.Restart, Group.Operator, "CPU"),
        (FleetPhases.Restart, Group.Operator, "resident memory"),
    ];

    public static Command Create() => Scenario.Create(
        "growth", "Doubles clusters, namespaces and resources in turn, then takes ten times the resources, and shows how cost grows.",
        new LoadOptions { Clusters = 2, Trickle = TimeSpan.FromSeconds(10), Rest = TimeSpan.FromSeconds(10) }, RunAsync);

    private static async Task<IReadOnlyList<Figure>> RunAsync(LoadOptions options, OperatorPublish publish, TextWriter progress)
    {
        List<Figure> figures = [];
        foreach (var (size, larger) in Sizes(options))
        {
            await progress.WriteLineAsync($"{size}: {larger.Clusters} clusters × {larger.Namespaces} namespaces × {larger.Resources}");
            figures.AddRange(Curve(size, larger, await FleetPhases.RunAsync(larger, publish, progress)));
        }

        return figures;
    }

    private static IEnumerable<(string Size, LoadOptions Options)> Sizes(LoadOptions options) =>
    [
        ("as given", options),
        ("2 × clusters", options with { Clusters = 2 * options.Clusters }),
        ("2 × namespaces", options with { Namespaces = 2 * options.Namespaces }),
        ("2 × resources", options with { Resources = 2 * options.Resources }),
        ("10 × resources", options with { Resources = 10 * options.Resources }),
    ];

    private static IEnumerable<Figure> Curve(string size, LoadOptions options, IReadOnlyList<Figure> figures)
    {
        yield return new(Group.Size, "resources of the burst", size, options.Clusters * options.Namespaces * options.Resources, Unit.Number);
        yield return new(Group.Size, "loops", size, options.Clusters * options.Loops, Unit.Number);
        foreach (var (phase, group, name) in Shown)
        {
            yield return figures.First(figure => (figure.Phase, figure.Group, figure.Name) == (phase, group, name)) with { Name = $"{phase}: {name}", Phase = size };
        }
    }
}
