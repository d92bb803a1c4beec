using System.Collections.Concurrent;
using CleverRemoteOperator.Benchmarks.Driving;

namespace CleverRemoteOperator.Benchmarks.Changes;

/// <summary>Makes changes at a steady rate and sees when the operator has done its part of each.</summary>
internal sealed class ChurnDriver : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<(string Cluster, string Namespace, string Name), Change> _open = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FleetDriver _fleet;
    private readonly ChurnPlan _plan;
    private readonly Queue<Creation> _creations;
    private readonly TimeProvider _time;
    private int _missing;

    public ChurnDriver(FleetDriver fleet, ChurnPlan plan, TimeProvider time)
    {
        (_fleet, _plan, _creations, _time) = (fleet, plan, new(plan.Created.Creations), time);
        _missing = plan.Changes.Count(change => change.Kind != ChangeKind.Create);
        _fleet.ResourceSeen += See;
    }

    /// <summary>Returns when all changes are done.</summary>
    /// <exception cref="TimeoutException">Some were not in time.</exception>
    public async Task RunAsync(double perSecond)
    {
        _fleet.Expect(_plan.Created);
        await Schedule.RunAsync(_plan.Changes, perSecond, MakeAsync, _time);
        await _fleet.AllReadyAsync(_plan.Created, Patience);
        try
        {
            await (_missing == 0 ? Task.CompletedTask : _done.Task.WaitAsync(Patience));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{_missing} edits and deletions were not answered within {Patience.TotalSeconds} s, such as {_open.Values.First()}");
        }
    }

    public void Dispose() => _fleet.ResourceSeen -= See;

    private Task MakeAsync(Change change)
    {
        if (change.Kind == ChangeKind.Create)
        {
            return _fleet.CreateAsync(_creations.Dequeue());
        }

        _open[(change.Cluster, change.Namespace, change.Name)] = change;
        change.SentAt = _time.GetTimestamp();
        return change.Kind == ChangeKind.Delete
            ? _fleet.DeleteAsync(change.Cluster, change.Namespace, change.Name)
            : _fleet.EditAsync(change.Cluster, change.Namespace, change.Name, change.Generation);
    }

    private void See(string cluster, SeenObject seen, long at)
    {
        var key = (cluster, seen.Namespace, seen.Name);
        if (_open.TryGetValue(key, out var change)
            && (change.Kind == ChangeKind.Delete ? seen.Type == "DELETED" : seen.ObservedGeneration >= change.Generation)
            && _open.TryRemove(KeyValuePair.Create(key, change)))
        {
            change.DoneAt = at;
            if (Interlocked.Decrement(ref _missing) == 0)
            {
                _done.SetResult();
            }
        }
    }
}
