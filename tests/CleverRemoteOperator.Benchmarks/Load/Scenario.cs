using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Load;

/// <summary>What is the same for all that is measured: its options, publish, run so many times, show, save.</summary>
internal static class Scenario
{
    /// <param name="defaults">Of the options; those that are not in <paramref name="without"/> can be given.</param>
    /// <param name="run">Does it once and gives what was measured.</param>
    public static Command Create(
        string name, string description, LoadOptions defaults, Func<LoadOptions, OperatorPublish, TextWriter, Task<IReadOnlyList<Figure>>> run, params string[] without)
    {
        var line = new LoadCommandLine(defaults, without);
        var command = new Command(name, description);
        line.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(name, line.Read(parsed), parsed.InvocationConfiguration.Output, run));
        return command;
    }

    // The exit code is 1 when it could not be measured.
    private static async Task<int> RunAsync(
        string name, LoadOptions options, TextWriter output, Func<LoadOptions, OperatorPublish, TextWriter, Task<IReadOnlyList<Figure>>> run)
    {
        var machine = Machine.Describe();
        await output.WriteLineAsync($"{name}: {options}");
        try
        {
            using var publish = await OperatorPublish.PrepareAsync(options.Operator, output);
            List<IReadOnlyList<Figure>> runs = [];
            while (runs.Count < options.Runs)
            {
                runs.Add([.. await run(options, publish, output)]);
            }

            var report = new Report(name, options, machine, options.Assets is null ? "sandbox clusters" : "kube-apiserver and etcd", Figure.Medians(runs), runs);
            FigureTable.Write(report, output);
            await (options.Json is { } file ? report.SaveAsync(file) : Task.CompletedTask);
            return 0;
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or HttpRequestException or IOException)
        {
            await output.WriteLineAsync(failure.Message);
            return 1;
        }
    }
}
