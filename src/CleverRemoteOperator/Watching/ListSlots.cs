namespace CleverRemoteOperator.Watching;

/// <summary>
/// Bounds how many lists run at once against one cluster, because they cost its API server most. Each cluster has slots of its own:
/// lists that take long hold up no other cluster.
/// </summary>
/// <param name="atOnce">Default 4.</param>
internal sealed class ListSlots(int atOnce = 4) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(atOnce);

    /// <summary>Waits for a slot; disposing the answer gives it back.</summary>
    public async Task<IDisposable> TakeAsync(CancellationToken token)
    {
        await _slots.WaitAsync(token);
        return new Slot(_slots);
    }

    public void Dispose() => _slots.Dispose();

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                slots.Release();
            }
        }
    }
}
