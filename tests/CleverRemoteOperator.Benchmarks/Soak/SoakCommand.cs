using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;

namespace CleverRemoteOperator.Benchmarks.Soak;

/// <summary><c>soak --minutes N [--seed S] [--clusters C]</c>: exit code 0 when every promise was kept, else 1.</summary>
internal static class SoakCommand
{
    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long everything fails; the time to settle comes on top.", DefaultValueFactory = _ => 5 };
        var seed = new Option<int?>("--seed") { Description = "Repeats what is done, though not its exact moments. Default: a new one, which is printed." };
        var clusters = new Option<int>("--clusters") { Description = "How many clusters.", DefaultValueFactory = _ => 4 };
        minutes.Validators.Add(result => Check<double>(result, value => value is > 0 and <= 24 * 60, "a number above 0, at most 1440"));
        clusters.Validators.Add(result => Check<int>(result, value => value is > 0 and <= 50, "a whole number from 1 to 50"));
        var command = new Command("soak", "Two operators over several clusters while everything fails; then what is there is compared with what should be.")
        {
            minutes, seed, clusters,
        };
        command.SetAction((parsed, _) => RunAsync(
            new SoakOptions(
                TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue), parsed.GetValue(clusters)),
            parsed.InvocationConfiguration.Output));
        return command;
    }

    private static async Task<int> RunAsync(SoakOptions options, TextWriter output)
    {
        await output.WriteLineAsync($"soak: {options.Duration.TotalMinutes} min, {options.Clusters} clusters, seed {options.Seed}");
        var result = await new SoakRun(options, TimeProvider.System).RunAsync();
        await SoakReport.WriteAsync(result, output);
        return result.Violations.Count == 0 ? 0 : 1;
    }

    // What is no number at all the parser itself refuses.
    private static void Check<T>(OptionResult result, Func<T, bool> isAllowed, string allowed)
        where T : IParsable<T>
    {
        if (result.Tokens is [var token] && T.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && !isAllowed(value))
        {
            result.AddError($"{result.Option.Name} is {value}; allowed: {allowed}");
        }
    }
}
