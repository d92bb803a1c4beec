namespace CleverRemoteOperator.Benchmarks.Driving;

/// <summary>One resource that is created, and when what came of it was seen; moments are <see cref="TimeProvider.GetTimestamp"/>, 0 = not yet.</summary>
internal sealed class Creation(Batch batch, string cluster, string @namespace, string name)
{
    private long _secretAt;
    private long _readyAt;

    public string Cluster => cluster;

    public string Namespace => @namespace;

    public string Name => name;

    /// <summary>Just before the request was sent.</summary>
    public long SentAt { get; set; }

    public long SecretAt => _secretAt;

    public long ReadyAt => _readyAt;

    public void SecretSeen(long at) => Seen(ref _secretAt, at);

    public void ReadySeen(long at) => Seen(ref _readyAt, at);

    // Only the first time counts: both watches may tell at once, and a watch that goes on may tell again.
    private void Seen(ref long moment, long at)
    {
        if (Interlocked.CompareExchange(ref moment, at, 0) == 0)
        {
            batch.Advance();
        }
    }
}
