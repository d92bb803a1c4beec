using System.Collections.Concurrent;
using System.Threading.Channels;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Watching;

/// <summary>A watch of Redis resources that runs against a scripted server by a clock that stands still; back-off is none, as the random numbers are 0 unless a test says otherwise.</summary>
internal sealed class RunningWatch : IAsyncDisposable
{
    public static readonly ApiResource Redis = new("api.clever-cloud.com", "v1", "redis", "Redis");

    /// <summary>An initial list of one resource.</summary>
    public static readonly string[] Synced = [Json.Event("ADDED", Json.Redis("a", 5)), Json.Bookmark(10, endsInitialEvents: true)];

    private readonly Channel<WatchEvent<AddonResource>> _events = Channel.CreateUnbounded<WatchEvent<AddonResource>>();
    private readonly CancellationTokenSource _stop = new();
    private readonly ListSlots _slots = new(1);
    private readonly Cluster _cluster;
    private readonly Task _run;

    public RunningWatch(ScriptedApiServer server, ListSlots? slots = null, MemoryShare? memory = null, double random = 0)
    {
        _cluster = server.Connect(Time);
        Watch = new(_cluster, new WatchScope(Redis, "team-a"), ObjectReading.Addons(Redis, Time), slots ?? _slots, Time, () => random, new LinesLogger(Log).CreateLogger(""), new ClusterLimits(Time, memory));
        _run = Watch.RunAsync(item => _events.Writer.TryWrite(item), _stop.Token);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public Reflector<AddonResource> Watch { get; }

    /// <summary>What the watch logged, each with its level first.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>The next event: its type, and the name and revision of its object.</summary>
    public async Task<string> NextAsync() => Describe(await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)));

    /// <summary>The next events up to and with a Synced.</summary>
    public async Task<List<string>> UntilSyncedAsync()
    {
        var events = new List<string>();
        do
        {
            events.Add(await NextAsync());
        }
        while (events[^1] != "Synced");
        return events;
    }

    /// <summary>Lets time pass until the task is done, and checks that this took as many seconds, or little more as the network takes real time.</summary>
    public async Task PassTimeUntilAsync(Task done, int expected)
    {
        var seconds = 0;
        for (; !done.IsCompleted && seconds < 1000; seconds++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(done, Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System));
        }

        await done.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.InRange(seconds, expected, expected + 100);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(TimeSpan.FromSeconds(10));
        _cluster.Dispose();
        _slots.Dispose();
        _stop.Dispose();
    }

    private static string Describe(WatchEvent<AddonResource> item) => item switch
    {
        { Object: { } resource } => $"{item.Type} {resource.Name}@{resource.ResourceVersion}",
        { Problem: { } problem } => $"{item.Type} {problem.Name}: {problem.Message}",
        _ => $"{item.Type}",
    };
}
