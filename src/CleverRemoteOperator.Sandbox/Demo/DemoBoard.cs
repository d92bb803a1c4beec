using System.Threading.Channels;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>What is known of every resource of all clusters. Written by the watches, read by one screen.</summary>
/// <param name="clusters">Their names, in the order in which they are shown.</param>
internal sealed class DemoBoard(IReadOnlyList<string> clusters, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<DemoKey, DemoRow> _rows = [];
    private readonly Channel<DemoRow> _changes = Channel.CreateUnbounded<DemoRow>();
    private readonly TaskCompletionSource _allReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HashSet<DemoKey>? _awaited;

    /// <summary>Done once all that is awaited is Ready at the same time.</summary>
    public Task AllReady => _allReady.Task;

    /// <summary>Every change of a row's state or reason, in order.</summary>
    public ChannelReader<DemoRow> Changes => _changes.Reader;

    /// <summary>All rows, by cluster, namespace, kind and name.</summary>
    public IReadOnlyList<DemoRow> Rows
    {
        get
        {
            lock (_lock)
            {
                return [.. _rows.Values
                    .OrderBy(row => clusters.Index().First(cluster => cluster.Item == row.Key.Cluster).Index).ThenBy(row => row.Key.Namespace, StringComparer.Ordinal)
                    .ThenBy(row => row.Key.Type.Kind, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Key.Name, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>A resource is about to be applied: its time starts now.</summary>
    public void Expect(DemoKey key)
    {
        lock (_lock)
        {
            _rows.TryAdd(key, new DemoRow(key, time.GetTimestamp()));
        }
    }

    /// <summary>All that is expected so far is what <see cref="AllReady"/> waits for.</summary>
    public void AwaitExpected()
    {
        lock (_lock)
        {
            _awaited = [.. _rows.Keys];
            Check();
        }
    }

    /// <summary>Takes in what a watch of this cluster and type tells.</summary>
    public void Take(string cluster, ApiResource type, WatchEvent<AddonResource> change)
    {
        if (change.Object is not { } resource)
        {
            return;
        }

        var key = new DemoKey(cluster, resource.Namespace, type, resource.Name);
        lock (_lock)
        {
            var before = _rows.GetValueOrDefault(key) ?? new DemoRow(key, time.GetTimestamp());
            var after = before.After(resource, change.Type == WatchEventType.Deleted, time);
            _rows[key] = after;
            if ((before.State, before.Reason, before.Message, before.Since) != (after.State, after.Reason, after.Message, after.Since))
            {
                _changes.Writer.TryWrite(after);
                Check();
            }
        }
    }

    private void Check()
    {
        if (_awaited is not null && _awaited.All(key => _rows[key].State == DemoState.Ready))
        {
            _allReady.TrySetResult();
        }
    }
}
