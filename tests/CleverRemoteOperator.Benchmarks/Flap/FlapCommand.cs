using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;

namespace CleverRemoteOperator.Benchmarks.Flap;

/// <summary><c>flap</c>: many clusters, of which some never answer and some come and go: does anything grow, or stay behind?</summary>
internal static class FlapCommand
{
    private const double MostGrowth = 1.1;
    private const double MostPercent = 1;

    // The runtime's pool of threads adds one and takes it back whenever it likes.
    private const int PoolThreads = 2;

    public static Command Create()
    {
        var minutes = CheckedOption.Whole("--minutes", "For how long clusters come and go.", 1, 1440, 10);
        var check = new Option<bool>("--check")
        {
            Description = $"Exit code 1 when memory grew by more than {(MostGrowth - 1) * 100:0} %, a thread or socket is left over, or the rest takes more than {MostPercent} % of a core.",
        };
        var command = Scenario.Create(
            "flap",
            "Serves clusters of which a fifth never answers and a fifth comes and goes every 20 s, and measures what that leaves behind.",
            new LoadOptions { FewestClusters = 5, Clusters = 50, Namespaces = 1, Scope = WatchScope.Cluster, Rest = TimeSpan.FromSeconds(60), Trickle = TimeSpan.FromMinutes(10) },
            (options, publish, progress) => new FlapRun(options, progress).RunAsync(publish),
            ["--resources", "--rate", "--trickle-seconds", "--api-latency"],
            (parsed, _, figures) => parsed.GetValue(check) ? Violations(figures) : [],
            new ScenarioOption(minutes, (parsed, options) => options with { Trickle = TimeSpan.FromMinutes(parsed.GetValue(minutes)) }, options => $"--minutes {options.Trickle.TotalMinutes:0}"));
        command.Options.Add(check);
        return command;
    }

    private static IEnumerable<string> Violations(IReadOnlyList<Figure> figures)
    {
        double Of(string name, string phase) => figures.First(figure => figure.Name == name && figure.Phase == phase).Value;
        if (Of(FlapRun.Growth, FlapRun.Flapping) is > MostGrowth and var growth)
        {
            yield return $"memory grew {growth:0.00} times while clusters came and went";
        }

        foreach (var (name, more) in new[] { ("threads", PoolThreads), ("sockets", 0) })
        {
            if (Of(name, FlapRun.AtRest) > Of(name, FlapRun.Settled) + more)
            {
                yield return $"{name}: {Of(name, FlapRun.Settled):0} before, {Of(name, FlapRun.AtRest):0} after";
            }
        }

        if (Of("CPU, of one core", FlapRun.AtRest) is > MostPercent and var percent)
        {
            yield return $"the rest takes {percent:0.0} % of a core";
        }
    }
}
