namespace CleverRemoteOperator.Clusters;

/// <summary>This process among the instances that share the clusters.</summary>
/// <param name="id">Different for every process that ever ran.</param>
internal sealed class OperatorInstance(string id, TimeProvider time)
{
    // After giving a cluster away the counts the others see need this long to be true again.
    private static readonly TimeSpan BetweenHandOvers = TimeSpan.FromSeconds(6);

    private readonly Lock _lock = new();
    private int _serves;
    private long? _handedOver;

    public string Id { get; } = id;

    /// <summary>How many clusters this process serves now.</summary>
    public int Serves => Volatile.Read(ref _serves);

    public void Took() => Interlocked.Increment(ref _serves);

    public void Gave() => Interlocked.Decrement(ref _serves);

    /// <summary>True when an instance that serves so many clusters should get one of ours: then this counts as the hand-over.</summary>
    public bool ShouldGiveTo(int serves)
    {
        lock (_lock)
        {
            if (Serves - serves < 2 || (_handedOver is { } last && time.GetElapsedTime(last) < BetweenHandOvers))
            {
                return false;
            }

            _handedOver = time.GetTimestamp();
            return true;
        }
    }
}
