using CleverRemoteOperator.Benchmarks.Driving;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Phases;

/// <summary>One operator over one fleet, measured phase by phase.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan PatienceForOne = TimeSpan.FromMilliseconds(100);

    // Reading the metrics costs the operator something: only the first moments are looked at closely.
    private static readonly TimeSpan QuickLook = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    // What a phase leaves behind, Events above all, is written when nothing was for this long.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private readonly LoadOptions _options;
    private readonly OperatorPublish _publish;
    private readonly TextWriter _progress;
    private readonly TimeProvider _time;
    private readonly Meters _meters;
    private readonly List<Figure> _figures = [];
    private OperatorUnderTest? _operator;

    private Bench(LoadOptions options, OperatorPublish publish, TextWriter progress, TimeProvider time, ServerFleet fleet, FleetDriver driver)
    {
        (_options, _publish, _progress, _time, Fleet, Driver) = (options, publish, progress, time, fleet, driver);
        _meters = new Meters(fleet, driver, time);
        Watches = options.Clusters * options.Loops * options.WatchedKinds.Sum(kind => kind.Groups.Count);
    }

    public ServerFleet Fleet { get; }

    public FleetDriver Driver { get; }

    /// <summary>How many watches of resources must tell that they are synced. Default one a kind and group in every loop of every cluster.</summary>
    public int Watches { get; set; }

    /// <summary>Those and, in each loop, the two of Secrets.</summary>
    public int AllWatches => Watches + (2 * _options.Clusters * _options.Loops);

    /// <summary>What was measured so far.</summary>
    public IReadOnlyList<Figure> Figures => _figures;

    /// <summary>Starts the servers; no operator yet.</summary>
    public static async Task<Bench> StartAsync(LoadOptions options, OperatorPublish publish, TextWriter progress, TimeProvider time)
    {
        await progress.WriteLineAsync($"starting {options.Clusters} clusters …");
        var fleet = await ServerFleet.StartAsync(options);
        try
        {
            return new(options, publish, progress, time, fleet, await FleetDriver.StartAsync(fleet.Clusters, options, time));
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>A phase from nothing to an operator that has seen every resource.</summary>
    /// <param name="resources">How many there are already.</param>
    public async Task StartOperatorAsync(string phase, int resources = 0)
    {
        await _progress.WriteLineAsync($"{phase} …");
        var start = await _meters.StartAsync();
        _operator = new OperatorUnderTest(_publish, Fleet, _time);
        _meters.Use(_operator);
        await _operator.UntilAsync(page => page.Sum("clever_operator_kubernetes_requests_total", labels => labels["verb"] == "watch") > 0, Patience);
        Add(Group.Time, "process start → first watch", phase, SinceStart(_operator), Unit.Seconds);
        await _operator.UntilAsync(page => page.Sum("clever_operator_watch_events_total", labels => labels["type"] == "synced") >= Watches, Patience, QuickLook);
        Add(Group.Time, "process start → all synced", phase, SinceStart(_operator), Unit.Seconds);
        if (resources > 0)
        {
            await _operator.UntilAsync(
                page => page.Sum("clever_operator_reconciliations_total") >= resources && page.Sum("clever_operator_queue_depth") == 0, PatienceFor(resources), Look);
            Add(Group.Time, "process start → all looked at", phase, SinceStart(_operator), Unit.Seconds);
        }

        Add(phase, start, await _meters.EndAsync(), created: 0);
        await Task.Delay(Settle, _time);
    }

    /// <summary>A phase that creates resources in one way and ends when all are Ready.</summary>
    public async Task CreateAsync(string phase, Batch batch, Func<Batch, Task> create)
    {
        await _progress.WriteLineAsync($"{phase}: {batch.Creations.Count} resources …");
        var start = await _meters.StartAsync();
        await create(batch);
        await Driver.AllReadyAsync(batch, PatienceFor(batch.Creations.Count));
        var took = batch.Took(_time).TotalSeconds;
        Add(Group.Time, "first request → all Ready", phase, took, Unit.Seconds);
        Add(Group.Time, "Ready", phase, batch.Creations.Count / took, Unit.PerSecond);
        Add(Group.CreateToSecret, phase, batch.WaitsForSecret(_time));
        await SettleAsync();
        Add(phase, start, await _meters.EndAsync(), batch.Creations.Count);
    }

    /// <summary>A phase without an operator: the driver creates resources and serves them itself.</summary>
    public async Task ServeAsync(string phase, Batch batch, Func<Batch, Task> serve)
    {
        await _progress.WriteLineAsync($"{phase}: {batch.Creations.Count} resources …");
        var start = await _meters.StartAsync();
        await serve(batch);
        _figures.AddRange(new PhaseFigures(phase, start, await _meters.EndAsync(), batch.Creations.Count, _time).WithoutOperator);
        Add(Group.CreateToSecret, phase, batch.WaitsForSecret(_time));
    }

    /// <summary>A phase of which nothing but the time is known here.</summary>
    public async Task PassAsync(string phase, Func<Task> pass)
    {
        await _progress.WriteLineAsync($"{phase} …");
        var start = await _meters.StartAsync();
        await pass();
        Add(phase, start, await _meters.EndAsync(), created: 0);
    }

    /// <summary>A phase in which something ends all watches; it is over when as many were opened again.</summary>
    public Task WatchAgainAsync(string phase, Func<Task> end) => PassAsync(phase, async () =>
    {
        var before = Watched(await _operator!.MetricsAsync());
        var start = _time.GetTimestamp();
        await end();
        await _operator.UntilAsync(page => Watched(page) - before >= AllWatches, Patience, QuickLook);
        Add(Group.Time, "all watches ended → all run", phase, _time.GetElapsedTime(start).TotalSeconds, Unit.Seconds);
        await Task.Delay(Settle, _time);
    });

    /// <summary>Creates resources that are no phase: who comes after finds everything warm.</summary>
    public async Task WarmUpAsync(Batch batch, Func<Batch, Task> create)
    {
        await create(batch);
        await Driver.AllReadyAsync(batch, PatienceFor(batch.Creations.Count));
    }

    /// <summary>What the operator has used.</summary>
    public ProcessUsage OperatorUsage => ProcessUsage.Read(_operator!.Id);

    public Task<MetricsPage> MetricsAsync() => _operator!.MetricsAsync();

    /// <summary>Waits until the operator knows of so many clusters, whatever their state.</summary>
    public Task KnowsAsync(int clusters) => _operator!.UntilAsync(page => page.Sum("clever_operator_cluster_state") == clusters, Patience, Look);

    /// <summary>Waits until so many clusters are served with all their watches.</summary>
    public Task SyncedAsync(int clusters) => _operator!.UntilAsync(
        page => page.Sum("clever_operator_cluster_state", labels => labels["state"] == "synced") >= clusters, Patience, Look);

    /// <summary>Reads a page of the operator; gives how long that took.</summary>
    public Task<TimeSpan> ScrapeAsync(string page) => _operator!.ScrapeAsync(page);

    /// <summary>SIGTERM; returns when the operator has ended.</summary>
    public async Task StopOperatorAsync()
    {
        _meters.Release();
        await _operator!.StopAsync();
        await _operator.DisposeAsync();
        _operator = null;
    }

    /// <summary>The median, the ends and the middle of what was measured many times, in milliseconds.</summary>
    public void Add(Group group, string phase, double[] waits)
    {
        foreach (var percent in new[] { 50, 90, 99, 100 })
        {
            Add(group, percent == 100 ? "max" : $"p{percent}", phase, Percentile.Of(waits, percent), Unit.Milliseconds);
        }
    }

    public void Add(Group group, string name, string phase, double value, Unit unit) => _figures.Add(new(group, name, phase, value, unit));

    public async ValueTask DisposeAsync()
    {
        _meters.Dispose();
        await (_operator?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Driver.DisposeAsync();
        await Fleet.DisposeAsync();
    }

    private static double Watched(MetricsPage page) =>
        page.Sum("clever_operator_kubernetes_requests_total", labels => labels["verb"] == "watch" && labels["status"] == "200");

    private static TimeSpan PatienceFor(int resources) => Patience + (resources * PatienceForOne);

    private async Task SettleAsync()
    {
        var written = double.NaN;
        await _operator!.UntilAsync(
            page =>
            {
                var before = written;
                written = RequestCounts.OfKubernetes(page).Written;
                return written == before;
            },
            Patience, Settle);
    }

    private double SinceStart(OperatorUnderTest @operator) => _time.GetElapsedTime(@operator.Started).TotalSeconds;

    private void Add(string phase, Reading start, Reading end, int created) => _figures.AddRange(new PhaseFigures(phase, start, end, created, _time).All);
}
