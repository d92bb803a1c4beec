namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>This process among the instances that share the clusters.</summary>
/// <param name="id">Different for every process that ever ran.</param>
internal sealed class OperatorInstance(string id, TimeProvider time)
{
    // Counts are shown every 5 s and read 2 s later: after a change they need this long to be true again.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(8);

    // A Lease's holder is at most as long as a DNS label.
    private const int MaxIdLength = 63;

    // After the machine's name, so that people know which process it is: a dash and eight random digits.
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

    /// <summary>This process, under a name no other process has.</summary>
    public static OperatorInstance OfThisProcess(TimeProvider time) =>
        new($"{Environment.MachineName}-{Guid.NewGuid():N}"[..Math.Min(Environment.MachineName.Length + SuffixLength, MaxIdLength)], time);

    /// <summary>How many clusters this process serves now, and means to keep.</summary>
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

    /// <summary>A cluster is served no longer.</summary>
    /// <param name="isHandover">True when it went to a <see cref="Successor"/>.</param>
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
    /// Another instance released a cluster for whoever comes: most likely it ends, and what other Leases say of it is old.
    /// It counts again once it was seen to say something after this.
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
    /// The instance that should get one of our clusters, which then counts as given; null when none should. How many go is decided
    /// at once, and anew only when the counts are true again; it is what we have above our share of all. While it is not known of
    /// each instance whether it is alive, none goes.
    /// </summary>
    /// <param name="here">The instances that may be alive by the Lease of the cluster; those of all our clusters are counted.</param>
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

    // What it said last may be seen a moment after it was seen to end.
    private bool HasEnded(ObservedInstance other) =>
        _ended.TryGetValue(other.Id, out var ended) && time.GetElapsedTime(ended, other.At) < Settled;

    // With two more than another there is always one to give; with more above our share, all of those.
    private int Surplus(List<long> others)
    {
        var own = _serves - _handingOver;
        return others.Count == 0 || own - others.Min() < 2
            ? 0
            : Math.Max(1, own - (int)Math.Min(int.MaxValue, Math.Ceiling((own + others.Sum()) / (others.Count + 1d))));
    }
}
