namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>
/// Which instances are there, judged by our own clock: an entry of a Lease is young while it keeps changing before our eyes.
/// The time written in it is never compared with ours, as clocks of two machines may differ.
/// </summary>
/// <param name="life">How long an entry that does not change counts.</param>
internal sealed class ObservedInstances(TimeProvider time, TimeSpan life)
{
    private IReadOnlyList<ObservedInstance> _observed = [];

    /// <summary>Instances that may be alive.</summary>
    public IEnumerable<ObservedInstance> Alive => _observed.Where(instance => time.GetElapsedTime(instance.At) < life);

    /// <summary>Looks at what a Lease says now.</summary>
    public void Observe(IReadOnlyDictionary<string, LeaseInstance> instances)
    {
        var now = time.GetTimestamp();
        var before = _observed.ToDictionary(instance => instance.Id, StringComparer.Ordinal);
        _observed = [.. instances.Select(pair => before.GetValueOrDefault(pair.Key) is not { } known
            ? new ObservedInstance(pair.Key, pair.Value, now, HasChanged: false)
            : known.Entry.Seen == pair.Value.Seen ? known with { Entry = pair.Value } : new ObservedInstance(pair.Key, pair.Value, now, HasChanged: true))];
    }
}

/// <summary>An instance's entry in a Lease as it was last seen.</summary>
/// <param name="At">Timestamp of our clock when it was first seen like this.</param>
/// <param name="HasChanged">True once it was seen to change: then it is surely alive.</param>
internal sealed record ObservedInstance(string Id, LeaseInstance Entry, long At, bool HasChanged);
