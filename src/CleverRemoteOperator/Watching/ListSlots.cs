namespace CleverRemoteOperator.Watching;

/// <summary>
/// Bounds how many lists run at once, because each holds a page in memory and costs the API server most. A cluster's slot is
/// needed to ask, the process's only once the server answers: those that never answer hold up no other cluster.
/// </summary>
internal sealed class ListSlots : IDisposable
{
    private readonly SemaphoreSlim _slots;
    private readonly ListSlots? _process;

    /// <param name="process">How many lists may run in the process. Default 16.</param>
    public ListSlots(int process = 16) => _slots = new SemaphoreSlim(process);

    private ListSlots(ListSlots process, int cluster)
    {
        _process = process;
        _slots = new SemaphoreSlim(cluster);
    }

    /// <summary>The slots of one cluster, within those of the process.</summary>
    /// <param name="cluster">How many lists may run against the cluster. Default 4.</param>
    public ListSlots ForCluster(int cluster = 4) => new(this, cluster);

    /// <summary>Waits for a slot; disposing the answer gives it back.</summary>
    public async Task<ListSlot> TakeAsync(CancellationToken token)
    {
        await _slots.WaitAsync(token);
        return new ListSlot(_slots, _process);
    }

    public void Dispose() => _slots.Dispose();
}

/// <summary>The right to ask for a list, until disposed.</summary>
internal sealed class ListSlot(SemaphoreSlim slots, ListSlots? process) : IDisposable
{
    private readonly Lock _lock = new();
    private ListSlot? _outer;
    private bool _isReleased;

    /// <summary>The server answers: waits for a slot of the process before the list is read.</summary>
    public async Task AnsweredAsync(CancellationToken token)
    {
        if (process is null || _outer is not null)
        {
            return;
        }

        var outer = await process.TakeAsync(token);
        lock (_lock)
        {
            _outer = outer;
            if (_isReleased)
            {
                outer.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isReleased)
            {
                _isReleased = true;
                slots.Release();
                _outer?.Dispose();
            }
        }
    }
}
