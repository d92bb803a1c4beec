namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>
/// Which instances are alive, judged by our own clock alone: an entry of a Lease counts as alive while we see it change.
/// The time written in it is never compared with ours, as the clocks of two machines may differ.
/// </summary>
/// <param name="life">How long an unchanged entry counts as alive.</param>
internal sealed class ObservedInstances(TimeProvider time, TimeSpan life)
{
    private IReadOnlyList<ObservedInstance> _observed = [];

    /// <summary>Instances that may be alive.</summary>
    public IEnumerable<ObservedInstance> Alive => _observed.Where(instance => time.GetElapsedTime(instance.At) < life);

    /// <summary>Takes in the entries of a Lease as read now.</summary>
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
/// <param name="At">Our clock's timestamp when this entry was first seen.</param>
/// <param name="HasChanged">True once it was seen to change: then it is certainly alive.</param>
internal sealed record ObservedInstance(string Id, LeaseInstance Entry, long At, bool HasChanged);
