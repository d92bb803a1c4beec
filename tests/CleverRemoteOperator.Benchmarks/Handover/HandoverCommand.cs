using System.CommandLine;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Benchmarks.Bed;

namespace CleverRemoteOperator.Benchmarks.Handover;

/// <summary><c>handover</c>: how long clusters are without an operator when one is stopped, and when one dies; exit code 1 beyond the promise.</summary>
internal static class HandoverCommand
{
    private static readonly TimeSpan StopPromise = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan DeathPromise = TimeSpan.FromSeconds(20);

    public static Command Create()
    {
        var clusters = new Option<int>("--clusters") { Description = "How many clusters.", DefaultValueFactory = _ => 4 };
        var command = new Command("handover", "Measures how long a new resource waits for its Secret after SIGTERM, and after kill -9, of one of two operators.") { clusters };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(clusters), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static async Task<int> RunAsync(int clusters, TextWriter output)
    {
        await using var bed = await TestBed.StartAsync(clusters, [AddonCatalog.Find("Redis")!], TimeSpan.Zero, new Dice(1));
        await using var measure = new HandoverMeasure(bed, TimeProvider.System);
        await output.WriteLineAsync($"| {clusters} clusters | longest wait | promise |\n|---|---:|---:|");
        var stopped = await measure.RunAsync(slot => slot.StopAsync());
        await output.WriteLineAsync($"| SIGTERM | {stopped.TotalSeconds:0.0} s | {StopPromise.TotalSeconds} s |");
        var killed = await measure.RunAsync(slot => slot.KillAsync());
        await output.WriteLineAsync($"| kill -9 | {killed.TotalSeconds:0.0} s | {DeathPromise.TotalSeconds} s |");
        await output.WriteLineAsync($"add-ons lost or created twice: {measure.Damage}");
        if (stopped <= StopPromise && killed <= DeathPromise && measure.Damage == 0)
        {
            return 0;
        }

        await output.WriteLineAsync($"logs are in {await OperatorLogs.SaveAsync(measure.Outputs)}");
        return 1;
    }
}
