using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Load;

/// <summary>What is the same for all that is measured: publish, run so many times, show, save.</summary>
internal static class Scenario
{
    /// <summary>Gives the exit code: 1 when it could not be measured.</summary>
    /// <param name="run">Does it once and gives what was measured.</param>
    public static async Task<int> RunAsync(string name, LoadOptions options, TextWriter output, Func<OperatorPublish, Task<IReadOnlyList<Figure>>> run)
    {
        var machine = Machine.Describe();
        await output.WriteLineAsync($"{name}: {options}");
        try
        {
            using var publish = await OperatorPublish.PrepareAsync(options.Operator, output);
            List<IReadOnlyList<Figure>> runs = [];
            while (runs.Count < options.Runs)
            {
                runs.Add(await run(publish));
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
