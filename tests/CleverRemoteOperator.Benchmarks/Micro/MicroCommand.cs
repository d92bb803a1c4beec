using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;

namespace CleverRemoteOperator.Benchmarks.Micro;

/// <summary><c>micro</c>: what the hot paths take, one at a time.</summary>
internal static class MicroCommand
{
    private static readonly Type[] Benchmarks =
        [typeof(WatchLineBenchmarks), typeof(WorkQueueBenchmarks), typeof(RequestSignerBenchmarks), typeof(ConnectionSecretBenchmarks), typeof(CatalogueBenchmarks)];

    public static Command Create()
    {
        var filter = new Option<string>("--filter") { Description = "Which, with * for any text, such as *Queue*.", DefaultValueFactory = _ => "*" };
        var isShort = new Option<bool>("--short") { Description = "Fewer rounds: to see that it works." };
        var json = CheckedOption.File("--json", "File to write everything to, as JSON.");
        var command = new Command("micro", "Measures the hot paths one by one: reading a watch, the queue, signing, rendering a Secret, the catalogue.") { filter, isShort, json };
        command.SetAction((parsed, _) => RunAsync(
            new MicroOptions(parsed.GetValue(filter)!, parsed.GetValue(isShort)), parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static async Task<int> RunAsync(MicroOptions options, string? json, TextWriter output)
    {
        var machine = Machine.Describe();
        var artifacts = Directory.CreateTempSubdirectory("operator-micro-");
        try
        {
            await output.WriteLineAsync("measuring, some seconds each …");
            var summaries = BenchmarkRunner.Run(Benchmarks, Config(options, artifacts.FullName));
            List<Figure> figures = [.. summaries.SelectMany(summary => summary.Reports).SelectMany(FiguresOf)];
            if (figures.Count == 0)
            {
                await output.WriteLineAsync($"--filter '{options.Filter}' fits none; allowed: part of a name such as *{nameof(WorkQueueBenchmarks)}*");
                return 2;
            }

            var report = new Report("micro", options, machine, "in this process", figures, [figures]);
            FigureTable.Write(report, output);
            await (json is null ? Task.CompletedTask : report.SaveAsync(json));
            return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(one => !one.Success)) ? 1 : 0;
        }
        finally
        {
            artifacts.Delete(recursive: true);
        }
    }

    // In this process: another would have to be built first, by the rules of the repository.
    private static ManualConfig Config(MicroOptions options, string artifacts) => ManualConfig.CreateEmpty()
        .AddJob((options.Short ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.DontLogOutput))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
        .AddFilter(new GlobFilter([options.Filter]))
        .AddLogger(NullLogger.Instance)
        .WithArtifactsPath(artifacts);

    private static IEnumerable<Figure> FiguresOf(BenchmarkReport report)
    {
        var name = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
        if (report.ResultStatistics is { } statistics)
        {
            yield return new(Group.HotPaths, name, "mean", statistics.Mean / 1000, Unit.Microseconds);
            yield return new(Group.HotPaths, name, "± error", statistics.StandardError / 1000, Unit.Microseconds);
            yield return new(Group.HotPaths, name, "allocated", report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0, Unit.Bytes);
        }
    }
}

/// <summary>Which are measured, and how thoroughly.</summary>
internal sealed record MicroOptions(string Filter, bool Short);
