namespace CleverRemoteOperator.Queueing;

/// <summary>
/// The keys waiting to be reconciled. A key waits once however often it is added, is never handed out twice at the same time, and is
/// handed out again when it was added in the meantime. Live changes go before the initial list; within each, namespaces take turns.
/// </summary>
internal sealed class WorkQueue : IDisposable
{
    // Every so many keys the initial list goes first, so that a flood of edits cannot starve it.
    private const int BackgroundTurn = 8;

    private readonly Lock _lock = new();
    private readonly HashSet<ReconcileKey> _dirty = [];
    private readonly HashSet<ReconcileKey> _processing = [];
    private readonly FairLane _live = new();
    private readonly FairLane _background = new();
    private readonly Dictionary<ReconcileKey, Action> _gone = [];
    private readonly DelayedKeys _delayed;
    private readonly SemaphoreSlim _available = new(0);
    private int _takes;
    private bool _disposed;

    public WorkQueue(TimeProvider time)
    {
        _delayed = new DelayedKeys(time, key => Add(key));
    }

    /// <summary>Keys waiting now, without the delayed ones.</summary>
    public int Depth
    {
        get
        {
            lock (_lock)
            {
                return _dirty.Count;
            }
        }
    }

    /// <summary>Adds a key now; does nothing once the queue is disposed. Cancels its delayed add: the coming pass decides when it runs again.</summary>
    /// <param name="key">What to reconcile.</param>
    /// <param name="background">True for keys of an initial list.</param>
    public void Add(ReconcileKey key, bool background = false)
    {
        _delayed.Remove(key);
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            if (!_dirty.Add(key))
            {
                if (!background && _background.Remove(key))
                {
                    _live.Add(key);
                }

                return;
            }

            if (!_processing.Contains(key))
            {
                Enqueue(key, background);
            }
        }
    }

    /// <summary>Adds a key after a delay. Replaces an earlier delayed add of it.</summary>
    public void AddAfter(ReconcileKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
        }
        else
        {
            _delayed.Set(key, delay);
        }
    }

    /// <summary>Waits for a key. Whoever takes it must call <see cref="Done"/>.</summary>
    public async ValueTask<ReconcileKey> TakeAsync(CancellationToken token)
    {
        while (true)
        {
            await _available.WaitAsync(token);
            lock (_lock)
            {
                // Forgotten between the two.
                if (_live.Count + _background.Count == 0)
                {
                    continue;
                }

                var backgroundFirst = ++_takes % BackgroundTurn == 0 && _background.Count > 0;
                var key = (backgroundFirst || _live.Count == 0 ? _background : _live).Take();
                _dirty.Remove(key);
                _processing.Add(key);
                return key;
            }
        }
    }

    /// <summary>Ends the work on a key; hands it out again when it was added in the meantime.</summary>
    public void Done(ReconcileKey key)
    {
        lock (_lock)
        {
            _processing.Remove(key);
            if (_gone.Remove(key, out var forget))
            {
                // Whatever the pass kept of a resource that was deleted while it ran.
                forget();
                _delayed.Remove(key);
            }

            if (!_disposed && _dirty.Contains(key))
            {
                Enqueue(key, background: false);
            }
        }
    }

    /// <summary>Drops a key whose resource is gone: there is nothing to reconcile now, nor later.</summary>
    /// <param name="forget">Drops what else is kept of it: called now, and again when a running pass has ended.</param>
    public void Forget(ReconcileKey key, Action? forget = null)
    {
        _delayed.Remove(key);
        lock (_lock)
        {
            if (_processing.Contains(key))
            {
                _gone[key] = _gone.GetValueOrDefault(key) + (forget ?? (() => { }));
                _dirty.Remove(key);
            }
            else if (_live.Remove(key) || _background.Remove(key))
            {
                _dirty.Remove(key);
                if (!_disposed)
                {
                    // One key less to take, unless a taker is already on its way.
                    _available.Wait(0, CancellationToken.None);
                }
            }
        }

        forget?.Invoke();
    }

    public void Dispose()
    {
        _delayed.Dispose();
        lock (_lock)
        {
            // A timer that has just fired may still add keys, and nothing could catch what it throws.
            _disposed = true;
            _available.Dispose();
        }
    }

    private void Enqueue(ReconcileKey key, bool background)
    {
        (background ? _background : _live).Add(key);
        _available.Release();
    }
}
