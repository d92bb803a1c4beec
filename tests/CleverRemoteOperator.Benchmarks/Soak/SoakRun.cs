using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Benchmarks.Soak.Chaos;

namespace CleverRemoteOperator.Benchmarks.Soak;

/// <summary>Two operators over several clusters, everything failing around them; then quiet, and the reckoning.</summary>
internal sealed class SoakRun(SoakOptions options, TimeProvider time)
{
    private readonly Journal _journal = new(time);

    public async Task<SoakResult> RunAsync()
    {
        var dice = Dice.For(options.Seed, 0);
        // Lists that are late by less than the creation window are within the promise.
        await using var bed = await TestBed.StartAsync(options.Clusters, Manifests.Kinds, dice.Seconds(0, 4), dice);
        await using var one = new OperatorSlot("a", bed);
        await using var two = new OperatorSlot("b", bed);
        OperatorSlot[] slots = [one, two];
        var history = new AddonHistory(bed, _journal, time);
        var memory = new MemoryWatch(slots, time);
        var processes = new ProcessChaos(slots, _journal, Dice.For(options.Seed, 1), time);
        Churn[] churns = [.. bed.Clusters.Select((cluster, index) => new Churn(cluster, bed, history, _journal, Dice.For(options.Seed, 10 + index), time))];
        foreach (var slot in slots)
        {
            slot.Start();
        }

        await RunForAsync(
        [
            history.RunAsync,
            processes.RunAsync,
            memory.RunAsync,
            new HostileNeighbours(bed, _journal, time).RunAsync,
            new CleverFaults(bed, _journal, Dice.For(options.Seed, 2), time).RunAsync,
            new KubeconfigChaos(bed, _journal, Dice.For(options.Seed, 3), time).RunAsync,
            .. churns.Select(churn => (Func<CancellationToken, Task>)churn.RunAsync),
            .. bed.Clusters.Select((cluster, index) => (Func<CancellationToken, Task>)new KubernetesFaults(cluster, _journal, Dice.For(options.Seed, 50 + index), time).RunAsync),
        ]);
        bed.Clever.Faults.Set();
        bed.Clusters.ToList().ForEach(cluster => cluster.Server.Faults.Clear());
        _journal.Add("", "quiet");

        using var watching = new CancellationTokenSource();
        var watch = history.RunAsync(watching.Token);
        var comparison = new Comparison(bed, churns, history);
        var (violations, took) = await new Settlement(bed, churns, comparison, history, _journal, time).RunAsync();
        await watching.CancelAsync();
        await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(slots.Select(processes.StopAsync));

        var outputs = slots.SelectMany(slot => slot.Outputs).ToList();
        HashSet<string> secrets = [.. bed.Secrets, .. history.Secrets, .. churns.SelectMany(churn => churn.Variables)];
        return new SoakResult(
            [
                .. violations,
                .. processes.Problems.Select(problem => new Violation(ViolationKind.UncleanExit, "", "stopping", problem)),
                .. SecretSearch.Run(outputs, secrets),
                .. memory.Violations,
            ],
            _journal, outputs, secrets.Count, took, memory.Peak);
    }

    /// <summary>Lets all actors act for the time of the run; one that fails ends it.</summary>
    private async Task RunForAsync(IReadOnlyList<Func<CancellationToken, Task>> actors)
    {
        using var end = new CancellationTokenSource(options.Duration, time);
        var running = actors.Select(actor => actor(end.Token)).ToList();
        var first = await Task.WhenAny(running);
        await end.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.Append(first).FirstOrDefault(actor => actor.IsFaulted) is { } broken)
        {
            await broken;
        }
    }
}

/// <summary>What a soak is started with.</summary>
internal sealed record SoakOptions(TimeSpan Duration, int Seed, int Clusters);

/// <summary>What came of it.</summary>
/// <param name="Peak">The most memory an operator took, in MiB.</param>
/// <param name="Settled">How long it took after the last fault until nothing was wrong.</param>
internal sealed record SoakResult(
    IReadOnlyList<Violation> Violations, Journal Journal, IReadOnlyList<(string Process, string Output)> Outputs, int Secrets, TimeSpan Settled,
    double Peak);
