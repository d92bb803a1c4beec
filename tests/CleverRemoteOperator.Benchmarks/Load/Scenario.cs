using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Load;

/// <summary>Does a scenario once and gives what was measured.</summary>
internal delegate Task<IReadOnlyList<Figure>> ScenarioRun(LoadOptions options, OperatorPublish publish, TextWriter progress);

/// <summary>Says what is wrong with the figures of one run, a line each.</summary>
internal delegate IEnumerable<string> ScenarioJudge(ParseResult parsed, LoadOptions options, IReadOnlyList<Figure> figures);

/// <summary>An option of one scenario alone.</summary>
/// <param name="Read">The options with it.</param>
/// <param name="Describe">How it would be given, to repeat a run.</param>
internal sealed record ScenarioOption(Option Option, Func<ParseResult, LoadOptions, LoadOptions> Read, Func<LoadOptions, string> Describe);

/// <summary>What is the same for all that is measured: its options, publish, run so many times, show, save.</summary>
internal static class Scenario
{
    /// <param name="defaults">Of the options; those that are not in <paramref name="without"/> can be given.</param>
    /// <param name="judge">Makes the exit code 1. Default nothing is wrong.</param>
    /// <param name="own">An option no other scenario has.</param>
    public static Command Create(
        string name, string description, LoadOptions defaults, ScenarioRun run, string[]? without = null, ScenarioJudge? judge = null, ScenarioOption? own = null)
    {
        var line = new LoadCommandLine(defaults, without ?? []);
        var command = new Command(name, description);
        line.AddTo(command);
        if (own is not null)
        {
            command.Options.Add(own.Option);
        }

        command.SetAction(async (parsed, _) =>
        {
            var options = own?.Read(parsed, line.Read(parsed)) ?? line.Read(parsed);
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync($"{name} {line.Describe(options)} {own?.Describe(options)}".TrimEnd());
            try
            {
                var report = await MeasureAsync(name, options, run, output);
                var violations = report.Runs.SelectMany(figures => judge?.Invoke(parsed, options, figures) ?? []).ToList();
                foreach (var violation in violations)
                {
                    await output.WriteLineAsync(violation);
                }

                return violations.Count == 0 ? 0 : 1;
            }
            catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or HttpRequestException or IOException)
            {
                await output.WriteLineAsync(failure.Message);
                return 1;
            }
        });
        return command;
    }

    private static async Task<Report> MeasureAsync(string name, LoadOptions options, ScenarioRun run, TextWriter output)
    {
        var machine = Machine.Describe();
        using var publish = await OperatorPublish.PrepareAsync(options.Operator, options.IsManaged, output);
        List<IReadOnlyList<Figure>> runs = [];
        while (runs.Count < options.Runs)
        {
            runs.Add(await run(options, publish, output));
        }

        var report = new Report(name, options, machine, options.Assets is null ? "sandbox clusters" : "kube-apiserver and etcd", Figure.Medians(runs), runs);
        FigureTable.Write(report, output);
        await (options.Json is { } file ? report.SaveAsync(file) : Task.CompletedTask);
        return report;
    }
}
