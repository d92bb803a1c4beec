namespace CleverRemoteOperator.Benchmarks.Driving;

/// <summary>Resources that are created together.</summary>
internal sealed class Batch
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing;

    /// <param name="resources">Where each goes and what it is called.</param>
    public Batch(IEnumerable<(string Cluster, string Namespace, string Name)> resources)
    {
        Creations = [.. resources.Select(resource => new Creation(this, resource.Cluster, resource.Namespace, resource.Name))];
        _missing = 2 * Creations.Count;
        if (_missing == 0)
        {
            _done.SetResult();
        }
    }

    /// <summary>In the order in which they are sent.</summary>
    public IReadOnlyList<Creation> Creations { get; }

    public int Ready => Creations.Count(creation => creation.ReadyAt != 0);

    /// <summary>Waits until all are Ready and all Secrets were seen.</summary>
    /// <exception cref="TimeoutException">Not in time.</exception>
    public Task AllReadyAsync(TimeSpan patience) => _done.Task.WaitAsync(patience);

    /// <summary>From just before the first was sent to the last that was Ready.</summary>
    public TimeSpan Took(TimeProvider time) => time.GetElapsedTime(Creations.Min(creation => creation.SentAt), Creations.Max(creation => creation.ReadyAt));

    /// <summary>Milliseconds from just before each was sent to its Secret.</summary>
    public double[] WaitsForSecret(TimeProvider time) => [.. Creations.Select(creation => time.GetElapsedTime(creation.SentAt, creation.SecretAt).TotalMilliseconds)];

    /// <summary>One more Secret, or one more that is Ready.</summary>
    public void Advance()
    {
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _done.SetResult();
        }
    }
}
