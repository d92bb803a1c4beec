using System.CommandLine;
using System.Security.Cryptography;

namespace CleverRemoteOperator.Benchmarks.Fuzzing;

/// <summary><c>fuzz --minutes N [--seed S] [--corpus FOLDER] [--found FOLDER] [--reader NAME]</c>: exit code 0 when every reader kept its promises, else 1.</summary>
internal static class FuzzCommand
{
    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long, all readers together.", DefaultValueFactory = _ => 5 };
        var seed = new Option<int?>("--seed") { Description = "Repeats the dice. Default: a new one, which is printed." };
        var corpus = new Option<string>("--corpus") { Description = "Folder of inputs, one folder in it for each reader. Default: the committed one.", DefaultValueFactory = _ => FuzzSeeds.Corpus };
        var found = new Option<string>("--found") { Description = "Folder for new inputs and for mistakes.", DefaultValueFactory = _ => "fuzz-found" };
        var readers = new Option<string[]>("--reader") { Description = "Only this reader; may stand there more than once. Default: all.", DefaultValueFactory = _ => [] };
        minutes.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, out var value) && value is not (> 0 and <= 24 * 60))
            {
                result.AddError($"--minutes is {value}; allowed: a number above 0, at most 1440");
            }
        });
        readers.AcceptOnlyFromAmong([.. Tests.Hostile.Readers.All.Keys]);
        var command = new Command("fuzz", "Every reader of text that others wrote, on damaged inputs, until one breaks a promise or the time is over.")
        {
            minutes, seed, corpus, found, readers,
        };
        command.SetAction(parsed => new FuzzRun(
            new(
                TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue),
                parsed.GetValue(corpus)!, parsed.GetValue(found)!, parsed.GetValue(readers)!),
            TimeProvider.System, parsed.InvocationConfiguration.Output).Run());
        return command;
    }
}
