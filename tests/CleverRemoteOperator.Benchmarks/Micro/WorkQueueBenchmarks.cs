using BenchmarkDotNet.Attributes;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Queueing;

namespace CleverRemoteOperator.Benchmarks.Micro;

/// <summary>What the queue does for each pass, with thousands of keys beside it.</summary>
public class WorkQueueBenchmarks
{
    private const int Others = 10_000;
    private static readonly TimeSpan Resync = TimeSpan.FromMinutes(10);

    private static readonly WorkQueue Queue = Filled();

    private readonly ReconcileKey _key = Key(0);

    [Benchmark(Description = "queue: add, take, done")]
    public async Task<string> PassAsync()
    {
        Queue.Add(_key);
        var key = await Queue.TakeAsync(CancellationToken.None);
        Queue.Done(key);
        return key.Name;
    }

    [Benchmark(Description = "queue: add after, forget")]
    public void Delay()
    {
        Queue.AddAfter(_key, Resync);
        Queue.Forget(_key);
    }

    private static WorkQueue Filled()
    {
        var queue = new WorkQueue(TimeProvider.System);
        for (var number = 1; number <= Others; number++)
        {
            queue.AddAfter(Key(number), Resync);
        }

        return queue;
    }

    private static ReconcileKey Key(int number) => new(new ClusterId("paris"), SampleResource.Type, $"team-{number % 50}", $"db-{number}");
}
