namespace CleverRemoteOperator.Queueing;

/// <summary>How many reconciles run at once: in one cluster, and within that in the whole process. Waiting loops take turns.</summary>
internal sealed class ConcurrentReconciles(SemaphoreSlim cluster, SemaphoreSlim process)
{
    /// <summary>Waits for a slot of both; disposing gives them back.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken token)
    {
        await cluster.WaitAsync(token);
        try
        {
            await process.WaitAsync(token);
        }
        catch
        {
            cluster.Release();
            throw;
        }

        return new Slot(cluster, process);
    }

    private sealed class Slot(SemaphoreSlim cluster, SemaphoreSlim process) : IDisposable
    {
        public void Dispose()
        {
            process.Release();
            cluster.Release();
        }
    }
}
