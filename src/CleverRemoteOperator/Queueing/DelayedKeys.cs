namespace CleverRemoteOperator.Queueing;

/// <summary>Keys that become due later: one timer for all of them, at most one due time per key.</summary>
internal sealed class DelayedKeys : IDisposable
{
    // Stale entries tolerated before the heap is rebuilt.
    private const int Slack = 1024;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<ReconcileKey, long> _order = new();
    private readonly Dictionary<ReconcileKey, long> _due = [];
    private readonly TimeProvider _time;
    private readonly Action<ReconcileKey> _add;
    private readonly ITimer _timer;
    private bool _disposed;

    public DelayedKeys(TimeProvider time, Action<ReconcileKey> add)
    {
        _time = time;
        _add = add;
        _timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Entries in memory: at most about twice the waiting keys.</summary>
    public int Size
    {
        get
        {
            lock (_lock)
            {
                return _order.Count;
            }
        }
    }

    /// <summary>Makes the key due after the delay, in place of any earlier due time.</summary>
    public void Set(ReconcileKey key, TimeSpan delay)
    {
        lock (_lock)
        {
            var due = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);
            _due[key] = due;
            _order.Enqueue(key, due);
            Tidy();
            Arm();
        }
    }

    public void Remove(ReconcileKey key)
    {
        lock (_lock)
        {
            _due.Remove(key);
            Tidy();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer.Dispose();
        }
    }

    private void Fire()
    {
        var ready = new List<ReconcileKey>();
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            while (_order.TryPeek(out var key, out var due) && (due <= now || IsStale(key, due)))
            {
                _order.Dequeue();
                if (!IsStale(key, due))
                {
                    _due.Remove(key);
                    ready.Add(key);
                }
            }

            Arm();
        }

        ready.ForEach(_add);
    }

    // A key that was removed, or given another due time, leaves its old entry in the order until it comes up.
    private bool IsStale(ReconcileKey key, long due) => !_due.TryGetValue(key, out var current) || current != due;

    private void Tidy()
    {
        if (_order.Count > (2 * _due.Count) + Slack)
        {
            _order.Clear();
            _order.EnqueueRange(_due.Select(entry => (entry.Key, entry.Value)));
            _order.TrimExcess();
            _due.TrimExcess();
        }
    }

    private void Arm()
    {
        if (_disposed || !_order.TryPeek(out _, out var due))
        {
            return;
        }

        // Rounded up: a timer that fires a moment early would spin.
        var wait = Math.Max(1, Math.Ceiling((due - _time.GetTimestamp()) * 1000d / _time.TimestampFrequency));
        _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
    }
}
