using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;

namespace CleverRemoteOperator.Benchmarks.Scale;

/// <summary><c>scale</c>: very many resources: memory, how soon all are known, and what a scrape costs.</summary>
internal static class ScaleCommand
{
    private const double MostMilliseconds = 100;

    public static Command Create()
    {
        var check = new Option<bool>("--check") { Description = $"Exit code 1 when the median of a page's scrapes is above {MostMilliseconds} ms." };
        var command = Scenario.Create(
            "scale",
            "Fills the clusters with resources that nothing is created for, and measures memory, start and scrapes of an operator that comes to them.",
            new LoadOptions { Clusters = 20, Namespaces = 10, Resources = 500, Scope = WatchScope.Cluster, Rest = TimeSpan.FromSeconds(10) },
            (options, publish, progress) => new ScaleRun(options, progress).RunAsync(publish),
            ["--rate", "--trickle-seconds", "--api-latency"],
            (parsed, _, figures) => parsed.GetValue(check) ? Violations(figures) : []);
        command.Options.Add(check);
        return command;
    }

    private static IEnumerable<string> Violations(IReadOnlyList<Figure> figures) => figures
        .Where(figure => ScaleRun.Pages.Any(page => figure.Name == ScaleRun.Median(page)) && figure.Value > MostMilliseconds)
        .Select(figure => $"{figure.Name}, {figure.Phase}: {figure.Unit.Format(figure.Value)}");
}
