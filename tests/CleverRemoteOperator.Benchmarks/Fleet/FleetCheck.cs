using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;

namespace CleverRemoteOperator.Benchmarks.Fleet;

/// <summary>Compares the figures of one run with what is promised. Times are never looked at: machines differ.</summary>
internal sealed class FleetCheck(LoadOptions options, IReadOnlyList<Figure> figures)
{
    /// <summary>Far above what is measured, in MiB: only a leak or a mistake gets there.</summary>
    private const double MostMemory = 250;

    private static readonly string[] Creating = [FleetPhases.Burst, FleetPhases.Trickle];
    private static readonly string[] Still = [FleetPhases.Rest, FleetPhases.Restart];

    /// <summary>What is not as promised, a line each.</summary>
    public IEnumerable<string> Violations() =>
        Creating.SelectMany(phase => OfRoutes(phase, Group.KubernetesEach).Concat(OfRoutes(phase, Group.CleverEach)))
            .Concat(Still.SelectMany(OfWrites))
            .Concat(Creating.Concat(Still).SelectMany(OfLists))
            .Concat(OfServers())
            .Concat(OfMemory());

    private IEnumerable<string> OfRoutes(string phase, Group group)
    {
        var made = Routes(phase, group).ToDictionary(figure => figure.Route, figure => figure.Value);
        var created = Value(phase, Group.Size, "created");
        foreach (var route in ExpectedRequests.Each.Keys.Where(route => IsOf(group, route)))
        {
            var (value, more) = (made.GetValueOrDefault(route), ExpectedRequests.OnceMoreANamespace.ContainsKey(route) ? options.Clusters * options.Namespaces / created : 0);
            if (value < 1 || value > 1 + more)
            {
                yield return $"{phase}: {route} {Shown(value)} for a created resource, not {(more == 0 ? "exactly 1" : $"1 to {Shown(1 + more)}")}";
            }
        }

        foreach (var (route, value) in made.Where(pair => !ExpectedRequests.Each.ContainsKey(pair.Key) && pair.Key != ExpectedRequests.List))
        {
            var most = ExpectedRequests.AtMostEach.ContainsKey(route) ? 1 : ExpectedRequests.AtMostOnce.ContainsKey(route) ? 1 / created : 0;
            if (value > most)
            {
                yield return $"{phase}: {route} {Shown(value)} for a created resource, not {(most == 0 ? "any" : $"at most {Shown(most)}")}";
            }
        }
    }

    private IEnumerable<string> OfWrites(string phase) =>
        from @group in new[] { Group.Kubernetes, Group.Clever }
        from figure in Routes(phase, @group)
        where RequestCounts.IsWrite(figure.Route)
        select $"{phase}: {figure.Route} {Shown(figure.Value)} times, not any";

    private IEnumerable<string> OfLists(string phase)
    {
        var group = Creating.Contains(phase) ? Group.CleverEach : Group.Clever;
        var lists = Routes(phase, group).Where(figure => figure.Route == ExpectedRequests.List).Sum(figure => figure.Value)
            * (group == Group.CleverEach ? Value(phase, Group.Size, "created") : 1);
        // A list counts for nine tenths of a resync; the first may be due at once.
        var most = Math.Floor(Value(phase, Group.Time, "phase") / (options.Resync.TotalSeconds * 0.9)) + 1;
        if (Math.Round(lists) > most)
        {
            yield return $"{phase}: {ExpectedRequests.List} {Shown(lists)} times, not at most {Shown(most)} in this time";
        }

        if (!Creating.Contains(phase))
        {
            foreach (var (route, value) in Routes(phase, Group.Clever).Where(figure => figure.Route != ExpectedRequests.List && !RequestCounts.IsWrite(figure.Route)))
            {
                // A new process has to ask what it keeps from then on.
                if (phase == FleetPhases.Restart && ExpectedRequests.AtMostOnce.ContainsKey(route) && value <= 1)
                {
                    continue;
                }

                yield return $"{phase}: {route} {Shown(value)} times, not any";
            }
        }
    }

    // The operator's own count must be what the servers saw.
    private IEnumerable<string> OfServers() =>
        from figure in figures
        where figure.Name == RequestCounts.ServersWrites
        let told = figures.First(other => (other.Phase, other.Group, other.Name) == (figure.Phase, figure.Group, RequestCounts.Writes)).Value
        where figure.Value != told
        select $"{figure.Phase}: the operator tells of {Shown(told)} Kubernetes writes, the servers saw {Shown(figure.Value)}";

    private IEnumerable<string> OfMemory() =>
        from figure in figures
        where figure is { Group: Group.Operator, Name: "resident memory, peak", Value: > MostMemory }
        select $"{figure.Phase}: {Shown(figure.Value)} MiB of memory, not at most {MostMemory}";

    private IEnumerable<(string Route, double Value)> Routes(string phase, Group group) =>
        figures.Where(figure => figure.Phase == phase && figure.Group == group && figure.Name.StartsWith(RequestCounts.RouteIndent, StringComparison.Ordinal))
            .Select(figure => (figure.Name.Trim().Replace($" {options.Created.Plural}", $" {ExpectedRequests.Resources}", StringComparison.Ordinal), figure.Value));

    private double Value(string phase, Group group, string name) => figures.First(figure => (figure.Phase, figure.Group, figure.Name) == (phase, group, name)).Value;

    // Routes of the Clever API have its methods, in capitals.
    private static bool IsOf(Group group, string route) => char.IsUpper(route[0]) == (group == Group.CleverEach);

    private static string Shown(double value) => Unit.Number.Format(value);
}
