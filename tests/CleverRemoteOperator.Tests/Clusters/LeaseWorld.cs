using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Kubernetes.Api;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Clusters;

/// <summary>Instances of the operator and the Leases of the clusters they share, by a clock the test moves.</summary>
internal sealed class LeaseWorld : IAsyncDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private readonly List<Contender> _contenders = [];

    public LeaseWorld(int clusters) => Servers = [.. Enumerable.Range(0, clusters).Select(_ => new LeaseServer())];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public IReadOnlyList<LeaseServer> Servers { get; }

    /// <summary>How often a cluster went from one instance to another, or for the first time to one.</summary>
    public int Moves => _contenders.Sum(contender => contender.Taken);

    /// <summary>An instance that takes what it can get of all clusters.</summary>
    /// <param name="ahead">How far its clock on the wall is ahead.</param>
    public Contender Start(string id, TimeSpan ahead = default)
    {
        var contender = new Contender(id, this, new SkewedTime(Time) { Ahead = ahead });
        _contenders.Add(contender);
        return contender;
    }

    /// <summary>Lets time pass until it is so; gives how long that took.</summary>
    public async Task<TimeSpan> UntilAsync(Func<bool> isSo)
    {
        var start = Time.GetUtcNow();
        while (!isSo())
        {
            Assert.True(Time.GetUtcNow() - start < TimeSpan.FromMinutes(5), "it did not come true");
            await StepAsync(Longest);
        }

        return Time.GetUtcNow() - start;
    }

    public async Task PassAsync(TimeSpan time)
    {
        for (var end = Time.GetUtcNow() + time; Time.GetUtcNow() < end;)
        {
            await StepAsync(end - Time.GetUtcNow());
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var contender in _contenders)
        {
            contender.Views.ToList().ForEach(view => view.Hangs = false);
            var stopped = contender.StopAsync();
            await UntilAsync(() => stopped.IsCompleted);
            contender.Dispose();
        }
    }

    // To the next moment at which one of the instances does something.
    private async Task StepAsync(TimeSpan limit)
    {
        await Continuations.RunAsync();
        var next = _contenders.Min(contender => contender.UntilNext) ?? Longest;
        next = next < Shortest ? Shortest : next < Longest ? next : Longest;
        var waiting = _contenders.Select(contender => contender.Timers).ToList();
        Time.Advance(next < limit ? next : limit);
        await AllWaitAsync(waiting);
    }

    // Who was woken waits again, for something else, or has ended: the one is seen at once, the other takes it some patience.
    private async Task AllWaitAsync(List<int> waiting)
    {
        var start = TimeProvider.System.GetTimestamp();
        do
        {
            await Continuations.RunAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
        while (_contenders.Zip(waiting).Any(pair => pair.First.Timers < pair.Second) && TimeProvider.System.GetElapsedTime(start) < Patience);
    }

    /// <summary>One instance.</summary>
    internal sealed class Contender : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly OperatorInstance _instance;
        private readonly SkewedTime _time;
        private readonly List<Task> _running;
        private int _taken;
        private int _serves;

        public Contender(string id, LeaseWorld world, SkewedTime time)
        {
            (Id, _instance, _time) = (id, new OperatorInstance(id, time), time);
            Views = [.. world.Servers.Select(server => server.Connect())];
            _running = [.. Views.Select(RunAsync)];
        }

        public string Id { get; }

        public IReadOnlyList<LeaseServer.View> Views { get; }

        /// <summary>How many clusters it serves, as it believes itself.</summary>
        public int Serves => _serves;

        public int Taken => _taken;

        /// <summary>How many timers of it run.</summary>
        public int Timers => _time.Timers;

        /// <summary>When it does something next.</summary>
        public TimeSpan? UntilNext => _time.UntilNext;

        /// <summary>What it still has to do for a cluster when it should stop serving it.</summary>
        public Task Drain { get; set; } = Task.CompletedTask;

        /// <summary>SIGTERM.</summary>
        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_running);
        }

        /// <summary>kill -9, or a machine cut off: nothing it sends arrives any more.</summary>
        public void Die()
        {
            foreach (var view in Views)
            {
                view.Hangs = true;
            }
        }

        public void Dispose() => _stop.Dispose();

        private async Task RunAsync(LeaseServer.View view)
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    await ServeAsync(view);
                }
                catch (Exception failure) when (failure is OperationCanceledException or KubernetesApiException)
                {
                    // Stopped, or once more.
                }

                await Task.Delay(TimeSpan.FromSeconds(1), _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        private async Task ServeAsync(LeaseServer.View view)
        {
            var lease = new ClusterLease(view, "default", _instance, null, null, _time, NullLogger<ClusterLease>.Instance);
            await lease.AcquireAsync(() => { }, _stop.Token);
            await using var leadership = new ClusterLeadership(view.Id, lease, _time, NullLogger<ClusterLeadership>.Instance);
            Interlocked.Increment(ref _taken);
            Interlocked.Increment(ref _serves);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(leadership.Stop, _stop.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Drain.WaitAsync(leadership.Lost).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Decrement(ref _serves);
        }
    }
}
