using System.Globalization;
using CleverRemoteOperator.Benchmarks.Bed;

namespace CleverRemoteOperator.Benchmarks.Soak;

/// <summary>Tells the result of a soak: the counts, and of each violation what happened before it.</summary>
internal static class SoakReport
{
    private const int MaxHistories = 10;
    private const int MaxLines = 400;

    public static async Task WriteAsync(SoakResult result, TextWriter output)
    {
        await output.WriteLineAsync("| what happened | count |\n|---|---:|");
        foreach (var (what, count) in result.Journal.Totals())
        {
            await output.WriteLineAsync($"| {what} | {count} |");
        }

        await output.WriteLineAsync($"\n| must be 0 | count |\n|---|---:|");
        foreach (var kind in Enum.GetValues<ViolationKind>())
        {
            await output.WriteLineAsync($"| {kind} | {result.Violations.Count(violation => violation.Kind == kind)} |");
        }

        var lines = result.Outputs.Sum(process => process.Output.Count(letter => letter == '\n'));
        await output.WriteLineAsync($"\nin order {result.Settled.TotalSeconds:0} s after the last fault; at most {result.Peak:0} MiB of memory; {lines} log lines searched for {result.Secrets} secrets");
        foreach (var violation in result.Violations.Take(MaxHistories))
        {
            await WriteHistoryAsync(violation, result, output);
        }

        if (result.Violations.Count > 0)
        {
            await output.WriteLineAsync($"\nlogs are in {await OperatorLogs.SaveAsync(result.Outputs)}");
        }
    }

    private static async Task WriteHistoryAsync(Violation violation, SoakResult result, TextWriter output)
    {
        await output.WriteLineAsync($"\n## {violation.Kind}: {violation.Subject} {violation.What}");
        var events = result.Journal.HistoryOf(violation.Subject)
            .Concat(result.Journal.HistoryOf("clever").Where(entry => entry.Subject.Length > 0 && (!entry.What.StartsWith("add-on", StringComparison.Ordinal) || violation.Concerns(entry.What))))
            .Select(entry => $"{entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)} {entry.Subject} {entry.What}");
        var logged = result.Outputs.SelectMany(process => process.Output.Split('\n')
            .Where(violation.Concerns)
            .Select(line => $"{line[..Math.Min(24, line.Length)]} [{process.Process}]{line[Math.Min(24, line.Length)..]}"));
        // Both begin with a time of the same form.
        foreach (var line in events.Concat(logged).Order(StringComparer.Ordinal).TakeLast(MaxLines))
        {
            await output.WriteLineAsync(line);
        }
    }
}
