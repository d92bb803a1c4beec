using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Driving;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Phases;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Changes;

/// <summary><c>churn</c>: resources are edited, deleted and created at a steady rate.</summary>
internal static class ChurnCommand
{
    private const string Churn = "churn";

    public static Command Create() => Scenario.Create(
        Churn, "Measures edits, deletions and creations at a steady rate: two edits for each of the others.",
        new LoadOptions { Trickle = TimeSpan.FromSeconds(30) }, RunAsync, ["--rest"]);

    private static async Task<IReadOnlyList<Figure>> RunAsync(LoadOptions options, OperatorPublish publish, TextWriter progress)
    {
        await using var bench = await Bench.StartAsync(options, publish, progress, TimeProvider.System);
        await bench.StartOperatorAsync("start");
        var burst = Batches.Everywhere(bench.Fleet.Clusters, options);
        await bench.CreateAsync("burst", burst, bench.Driver.BurstAsync);
        var plan = ChurnPlan.Make(burst, bench.Fleet.Clusters, options);
        using (var churning = new ChurnDriver(bench.Driver, plan, TimeProvider.System))
        {
            await bench.PassAsync(Churn, () => churning.RunAsync(options.Rate));
        }

        foreach (var (group, kind, name) in new[] { (Group.EditToStatus, ChangeKind.Edit, "edits"), (Group.DeleteToGone, ChangeKind.Delete, "deletions") })
        {
            bench.Add(Group.Size, name, Churn, plan.Changes.Count(change => change.Kind == kind), Unit.Number);
            bench.Add(group, Churn, [.. plan.Changes.Where(change => change.Kind == kind).Select(change => change.Took(TimeProvider.System).TotalMilliseconds)]);
        }

        bench.Add(Group.Size, "creations", Churn, plan.Created.Creations.Count, Unit.Number);
        bench.Add(Group.CreateToSecret, Churn, plan.Created.WaitsForSecret(TimeProvider.System));
        await bench.StopOperatorAsync();
        return bench.Figures;
    }
}
