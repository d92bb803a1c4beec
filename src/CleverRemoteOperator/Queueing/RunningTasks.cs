namespace CleverRemoteOperator.Queueing;

/// <summary>Keeps track of background tasks, so that a drain can wait for them.</summary>
internal sealed class RunningTasks
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _tasks = [];

    public void Add(Task task)
    {
        lock (_lock)
        {
            _tasks.Add(task);
        }

        task.ContinueWith(Remove, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Completes when every task added so far has completed.</summary>
    public Task WhenAllDone()
    {
        lock (_lock)
        {
            return Task.WhenAll([.. _tasks]);
        }
    }

    private void Remove(Task task)
    {
        lock (_lock)
        {
            _tasks.Remove(task);
        }
    }
}
