namespace CleverRemoteOperator.Watching;

/// <summary>Bounds how many lists run at once, because each holds a page in memory and costs the API server most.</summary>
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
    public async Task<IDisposable> TakeAsync(CancellationToken token)
    {
        await _slots.WaitAsync(token);
        try
        {
            return new Slot(_slots, _process is null ? null : await _process.TakeAsync(token));
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    public void Dispose() => _slots.Dispose();

    private sealed class Slot(SemaphoreSlim slots, IDisposable? outer) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                slots.Release();
                outer?.Dispose();
            }
        }
    }
}
