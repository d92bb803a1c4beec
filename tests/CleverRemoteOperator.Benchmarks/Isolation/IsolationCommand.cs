using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;

namespace CleverRemoteOperator.Benchmarks.Isolation;

/// <summary><c>isolation</c>: whether two clusters and two tenants that misbehave slow the others down, or fill the memory.</summary>
internal static class IsolationCommand
{
    private const double MostTimes = 1.2;
    private const double MostMebibytes = 256;

    public static Command Create()
    {
        var check = new Option<bool>("--check")
        {
            Description = $"Exit code 1 when p99 of the good clusters is above {MostTimes} times what it is without bad ones, or memory was ever above {MostMebibytes} MiB.",
        };
        var command = Scenario.Create(
            "isolation",
            "Measures create → Secret in good clusters, with and without two hostile clusters beside them and a hostile tenant in two of them.",
            new LoadOptions
            {
                FewestClusters = IsolationRun.Bad + IsolationRun.Tenants,
                Clusters = 10,
                Namespaces = 2,
                Scope = WatchScope.Cluster,
                Trickle = TimeSpan.FromSeconds(20),
                OtherNamespaces = [IsolationRun.Namespace],
            },
            (options, publish, progress) => new IsolationRun(options with { OtherNamespaces = [IsolationRun.Namespace] }, progress).RunAsync(publish),
            ["--resources", "--rest"],
            (parsed, _, figures) => parsed.GetValue(check) ? Violations(figures) : []);
        command.Options.Add(check);
        return command;
    }

    private static IEnumerable<string> Violations(IReadOnlyList<Figure> figures) => figures
        .Where(figure => (figure.Name == IsolationRun.Ratio(99) && figure.Value > MostTimes) || (figure.Name == IsolationRun.Peak && figure.Value > MostMebibytes))
        .Select(figure => $"{figure.Name}, {figure.Phase}: {figure.Unit.Format(figure.Value)}");
}
