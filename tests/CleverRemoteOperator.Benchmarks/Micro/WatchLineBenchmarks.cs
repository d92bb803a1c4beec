using System.Text;
using BenchmarkDotNet.Attributes;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Benchmarks.Micro;

/// <summary>A line of a watch, managedFields and all, until the resource is in the store.</summary>
public class WatchLineBenchmarks
{
    private readonly ResourceStore<AddonResource> _store = new();
    private readonly StoreUpdates<AddonResource> _updates;
    private readonly ObjectFormat<AddonResource> _format = ObjectReading.Addons(SampleResource.Type, TimeProvider.System);
    private readonly byte[][] _lines = [Line(1), Line(2)];
    private int _turn;

    public WatchLineBenchmarks() => _updates = new(_store, _ => { }, () => { });

    [Benchmark(Description = "watch line → stored resource")]
    public int Store()
    {
        // Another revision than the one that is stored.
        if (!WatchLine.TryRead(_lines[_turn ^= 1], out var line))
        {
            throw new InvalidOperationException("The line is not one of a watch.");
        }

        _updates.Put(_format.Read(line.Object));
        return _store.Count;
    }

    private static byte[] Line(int revision) => Encoding.UTF8.GetBytes($$"""{"type":"MODIFIED","object":{{SampleResource.Json(revision)}}}""");
}
