using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Benchmarks.Driving;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Fleet;

/// <summary>One operator over one fleet, in five phases: start, burst, trickle, rest, restart.</summary>
internal sealed class FleetRun(LoadOptions options, OperatorPublish publish, TextWriter progress, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan PatienceForOne = TimeSpan.FromMilliseconds(100);

    // Reading the metrics costs the operator something: only the first moments are looked at closely.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    // What a phase leaves behind, Events above all, is written within this time.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private readonly List<Figure> _figures = [];

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await progress.WriteLineAsync($"starting {options.Clusters} clusters …");
        await using var fleet = await ServerFleet.StartAsync(options);
        await using var driver = await FleetDriver.StartAsync(fleet.Clusters, options, time);
        using var meters = new Meters(fleet, time);

        await using (var first = await StartAsync("start", fleet, meters, resources: 0))
        {
            meters.AttachCollections();
            await Task.Delay(Settle, time);
            var burst = await CreateAsync("burst", driver, meters, Burst(fleet), driver.BurstAsync);
            var trickle = await CreateAsync("trickle", driver, meters, Trickle(fleet), batch => driver.TrickleAsync(batch, options.Rate));
            await RestAsync(meters);
            await StopAsync(first, meters);
            await using var second = await StartAsync("restart", fleet, meters, burst + trickle);
            await StopAsync(second, meters);
        }

        return _figures;
    }

    /// <summary>From nothing to a process that has seen every resource.</summary>
    private async Task<OperatorUnderTest> StartAsync(string phase, ServerFleet fleet, Meters meters, int resources)
    {
        await progress.WriteLineAsync($"{phase} …");
        var start = await meters.StartAsync();
        var @operator = new OperatorUnderTest(publish, fleet, time);
        try
        {
            meters.Use(@operator);
            await @operator.UntilAsync(page => page.Sum("clever_operator_kubernetes_requests_total", labels => labels["verb"] == "watch") > 0, Patience);
            Add(Group.Time, "process start → first watch", phase, time.GetElapsedTime(@operator.Started).TotalSeconds, Unit.Seconds);

            var watches = options.Clusters * options.Loops * options.WatchedKinds.Sum(kind => kind.Groups.Count);
            await @operator.UntilAsync(page => page.Sum("clever_operator_watch_events_total", labels => labels["type"] == "synced") >= watches, Patience, Glance);
            Add(Group.Time, "process start → all synced", phase, time.GetElapsedTime(@operator.Started).TotalSeconds, Unit.Seconds);

            if (resources > 0)
            {
                await @operator.UntilAsync(
                    page => page.Sum("clever_operator_reconciliations_total") >= resources && page.Sum("clever_operator_queue_depth") == 0, Patience + (resources * PatienceForOne), Look);
                Add(Group.Time, "process start → all looked at", phase, time.GetElapsedTime(@operator.Started).TotalSeconds, Unit.Seconds);
            }

            AddPhase(phase, start, await meters.EndAsync(), created: 0);
            return @operator;
        }
        catch
        {
            await @operator.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates resources in one way and waits for them; gives how many.</summary>
    private async Task<int> CreateAsync(string phase, FleetDriver driver, Meters meters, Batch batch, Func<Batch, Task> create)
    {
        await progress.WriteLineAsync($"{phase}: {batch.Creations.Count} resources …");
        var start = await meters.StartAsync();
        await create(batch);
        await driver.AllReadyAsync(batch, Patience + (batch.Creations.Count * PatienceForOne));
        var took = batch.Took(time).TotalSeconds;
        Add(Group.Time, "first request → all Ready", phase, took, Unit.Seconds);
        Add(Group.Time, "Ready", phase, batch.Creations.Count / took, Unit.PerSecond);
        var waits = batch.WaitsForSecret(time);
        foreach (var percent in new[] { 50, 90, 99, 100 })
        {
            Add(Group.CreateToSecret, percent == 100 ? "max" : $"p{percent}", phase, Percentile.Of(waits, percent), Unit.Milliseconds);
        }

        await Task.Delay(Settle, time);
        AddPhase(phase, start, await meters.EndAsync(), batch.Creations.Count);
        return batch.Creations.Count;
    }

    private async Task RestAsync(Meters meters)
    {
        await progress.WriteLineAsync($"rest: {options.Rest.TotalSeconds} s …");
        var start = await meters.StartAsync();
        await Task.Delay(options.Rest, time);
        var end = await meters.EndAsync();
        Add(Group.Time, "nothing happens", "rest", time.GetElapsedTime(start.At, end.At).TotalSeconds, Unit.Seconds);
        AddPhase("rest", start, end, created: 0);
    }

    private static async Task StopAsync(OperatorUnderTest @operator, Meters meters)
    {
        meters.Release();
        await @operator.StopAsync();
    }

    private Batch Burst(ServerFleet fleet) => new(
        from number in Enumerable.Range(1, options.Resources)
        from cluster in fleet.Clusters
        from name in options.NamespaceNames
        select (cluster.Name, name, $"burst-{number}"));

    private Batch Trickle(ServerFleet fleet)
    {
        var dice = new Dice(options.Seed);
        return new(Enumerable.Range(1, (int)(options.Rate * options.Trickle.TotalSeconds))
            .Select(number => (dice.Pick(fleet.Clusters).Name, dice.Pick(options.NamespaceNames), $"trickle-{number}")).ToList());
    }

    private void AddPhase(string phase, Reading start, Reading end, int created) => _figures.AddRange(new PhaseFigures(phase, start, end, created, time).All);

    private void Add(Group group, string name, string phase, double value, Unit unit) => _figures.Add(new(group, name, phase, value, unit));
}
