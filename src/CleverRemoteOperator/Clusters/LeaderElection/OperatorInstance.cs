namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>This process as one of the instances that share the clusters.</summary>
/// <param name="id">Unique to this process.</param>
internal sealed class OperatorInstance(string id, TimeProvider time)
{
    // Counts are published every 5 s and read 2 s later: after a change it takes this long until they are accurate again.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(8);

    // A Lease's holder is at most as long as a DNS label.
    private const int MaxIdLength = 63;

    // What follows the host name in the id: a dash and eight random digits.
    private const int SuffixLength = 9;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ObservedInstance> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _handedOver = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _ended = new(StringComparer.Ordinal);
    private int _serves;
    private int _handingOver;
    private int _left;
    private long? _changed;

    public string Id { get; } = id;

    /// <summary>This process, under a unique name.</summary>
    public static OperatorInstance OfThisProcess(TimeProvider time) =>
        new($"{Environment.MachineName}-{Guid.NewGuid():N}"[..Math.Min(Environment.MachineName.Length + SuffixLength, MaxIdLength)], time);

    /// <summary>How many clusters this process serves and does not hand over.</summary>
    public int Serves
    {
        get
        {
            lock (_lock)
            {
                return _serves - _handingOver;
            }
        }
    }

    public void Acquired()
    {
        lock (_lock)
        {
            _serves++;
            _changed = time.GetTimestamp();
        }
    }

    /// <summary>A cluster is no longer served.</summary>
    /// <param name="isHandover">True when it was handed over to a <see cref="Successor"/>.</param>
    public void Released(bool isHandover)
    {
        lock (_lock)
        {
            _serves--;
            _handingOver -= isHandover ? 1 : 0;
            _changed = time.GetTimestamp();
        }
    }

    /// <summary>
    /// Another instance released a cluster for anyone: most likely it is shutting down, and its entries in other Leases are stale.
    /// It counts again once it has written something after this.
    /// </summary>
    public void SawEnd(string instance)
    {
        lock (_lock)
        {
            foreach (var old in _ended.Where(ended => time.GetElapsedTime(ended.Value) > TimeSpan.FromMinutes(1)).ToList())
            {
                _ended.Remove(old.Key);
            }

            _ended[instance] = time.GetTimestamp();
        }
    }

    /// <summary>
    /// The instance to hand one of our clusters over to, which then counts as handed over; null for none. How many to hand over is
    /// decided once, as what we have above our fair share, and again only when the counts are accurate. While it is unknown whether
    /// some instance is alive, none is handed over.
    /// </summary>
    /// <param name="here">The instances that may be alive according to the cluster's Lease; those of all our clusters are counted.</param>
    public string? Successor(IReadOnlyList<ObservedInstance> here)
    {
        lock (_lock)
        {
            Learn(here);
            var others = _known.Values.Where(other => other.Id != Id && !HasEnded(other)).ToList();
            if (!others.TrueForAll(other => other.HasChanged))
            {
                return null;
            }

            if (_changed is not { } last || time.GetElapsedTime(last) >= Settled)
            {
                _handedOver.Clear();
                _left = Surplus([.. others.Select(Count)]);
            }

            if (_left == 0 || others.MinBy(other => (CountOf(other), other.Id)) is not { } next || !here.Any(known => known.Id == next.Id))
            {
                return null;
            }

            _left--;
            _handingOver++;
            _handedOver[next.Id] = _handedOver.GetValueOrDefault(next.Id) + 1;
            _changed = time.GetTimestamp();
            return next.Id;
        }
    }

    private long CountOf(ObservedInstance other) => Count(other) + _handedOver.GetValueOrDefault(other.Id);

    private static long Count(ObservedInstance other) => Math.Max(0, other.Entry.Serves);

    private void Learn(IReadOnlyList<ObservedInstance> here)
    {
        foreach (var seen in here)
        {
            var known = _known.GetValueOrDefault(seen.Id);
            _known[seen.Id] = known is null || known.At <= seen.At ? seen with { HasChanged = seen.HasChanged || known?.HasChanged == true } : known;
        }

        foreach (var old in _known.Values.Where(old => time.GetElapsedTime(old.At) >= ClusterLease.Duration).ToList())
        {
            _known.Remove(old.Id);
        }
    }

    // Its last entry may be read a moment after its end was noticed.
    private bool HasEnded(ObservedInstance other) =>
        _ended.TryGetValue(other.Id, out var ended) && time.GetElapsedTime(ended, other.At) < Settled;

    // With two more than another instance there is at least one to hand over; all that exceed our share are.
    private int Surplus(List<long> others)
    {
        var own = _serves - _handingOver;
        return others.Count == 0 || own - others.Min() < 2
            ? 0
            : Math.Max(1, own - (int)Math.Min(int.MaxValue, Math.Ceiling((own + others.Sum()) / (others.Count + 1d))));
    }
}
