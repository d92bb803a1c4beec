using CleverRemoteOperator.Benchmarks.Bed;

namespace CleverRemoteOperator.Benchmarks.Soak.Chaos;

/// <summary>kill -9 and SIGTERM, and a start some time later; now and then no operator runs at all.</summary>
internal sealed class ProcessChaos(IReadOnlyList<OperatorSlot> slots, Journal journal, Dice dice, TimeProvider time)
{
    private readonly List<string> _problems = [];

    /// <summary>Processes that ended by themselves, or did not end well when they should.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public async Task RunAsync(CancellationToken token)
    {
        while (true)
        {
            await Task.Delay(dice.Seconds(8, 30), time, token);
            var hit = dice.Percent(10) ? slots : [dice.Pick(slots)];
            var kill = dice.Percent(60);
            await Task.WhenAll(hit.Select(slot => kill ? KillAsync(slot) : StopAsync(slot)));
            await Task.Delay(dice.Seconds(0, 4), time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var slot in hit)
            {
                journal.Add("", $"operator started: {slot.Name}{slot.Starts + 1}");
                slot.Start();
            }
        }
    }

    /// <summary>Ends a process by SIGTERM, which must go well.</summary>
    public async Task StopAsync(OperatorSlot slot)
    {
        Look(slot);
        journal.Add("", $"operator stopped by SIGTERM: {slot.Name}{slot.Starts}");
        if (await slot.StopAsync() is var code && code != 0)
        {
            _problems.Add($"{slot.Name}{slot.Starts} {(code is null ? "did not end after SIGTERM" : $"ended with exit code {code} after SIGTERM")}");
        }
    }

    private async Task KillAsync(OperatorSlot slot)
    {
        Look(slot);
        journal.Add("", $"operator killed by kill -9: {slot.Name}{slot.Starts}");
        await slot.KillAsync();
    }

    private void Look(OperatorSlot slot)
    {
        if (slot.HasCrashed)
        {
            _problems.Add($"{slot.Name}{slot.Starts} ended by itself");
        }
    }
}
