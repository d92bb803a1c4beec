using System.Collections.Concurrent;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Reconciling.Remembering;

/// <summary>
/// What this process remembers of one cluster's resources, by uid: whatever becomes of the marks and statuses on them. It outlives a
/// reconnect. Times are our own: neither another machine's clock nor one that is set meanwhile makes a wait shorter.
/// </summary>
internal sealed class ResourceMemory(TimeProvider time)
{
    // A rough size of one entry beside its texts: record, key, slot of the table.
    private const int EntryBytes = 200;

    private readonly ConcurrentDictionary<string, (Remembered What, long At)> _known = new(StringComparer.Ordinal);
    private long _swept = time.GetTimestamp();

    public int Count => _known.Count;

    /// <summary>About how many bytes are kept.</summary>
    public long Bytes => _known.Sum(entry => EntryBytes + (2L * (entry.Key.Length + entry.Value.What.TextLength)));

    /// <summary>What is known of the resource with this uid. Whoever is asked for is not swept for a while.</summary>
    public Remembered Of(string uid)
    {
        if (!_known.TryGetValue(uid, out var known))
        {
            return Remembered.Nothing;
        }

        _known.TryUpdate(uid, (known.What, time.GetTimestamp()), known);
        return known.What;
    }

    /// <summary>Replaces what is known; gives it.</summary>
    public Remembered Update(string uid, Func<Remembered, Remembered> change) =>
        _known.AddOrUpdate(uid, _ => (change(Remembered.Nothing), time.GetTimestamp()), (_, known) => (change(known.What), time.GetTimestamp())).What;

    /// <summary>The resource is gone.</summary>
    public void Forget(string uid) => _known.TryRemove(uid, out _);

    /// <summary>Drops what no pass has touched for this long: its resource is gone and nobody told us.</summary>
    public void Sweep(TimeSpan idle)
    {
        if (time.GetElapsedTime(Interlocked.Read(ref _swept)) < idle / 4)
        {
            return;
        }

        Interlocked.Exchange(ref _swept, time.GetTimestamp());
        foreach (var entry in _known.Where(entry => time.GetElapsedTime(entry.Value.At) > idle))
        {
            _known.TryRemove(entry);
        }
    }
}

/// <summary>What this process remembers of one resource.</summary>
/// <param name="Attempt">A creation whose outcome has not been seen.</param>
/// <param name="Addon">Id of the add-on it was last seen to have.</param>
/// <param name="InOrder">Generation last brought in order; 0 = none. All there is to go by where a CRD drops conditions.</param>
/// <param name="Migration">The last change that was asked for: where a CRD drops the field of the status, and until a watch shows it.</param>
/// <param name="Applied">What the spec asked for when the add-on was last as asked, where a CRD drops that field of the status.</param>
/// <param name="EnvironmentAt">Timestamp of when its add-on's environment was last read; null when it was not.</param>
/// <param name="Told">The reason last told by an Event. All there is to compare with where a CRD drops conditions.</param>
internal sealed record Remembered(CreationAttempt? Attempt = null, string? Addon = null, long InOrder = 0, string? Told = null, Migration? Migration = null, long? EnvironmentAt = null, MigrationTarget? Applied = null)
{
    /// <summary>Timestamp of the first look in vain for the add-on to take over; null when it was found, or not looked for.</summary>
    public long? AdopteeMissingSince { get; init; }

    public static Remembered Nothing { get; } = new();

    /// <summary>True while it is not known whether an add-on that was asked for exists.</summary>
    public bool IsOpen => Attempt is { IsOpen: true };

    /// <summary>Characters kept.</summary>
    public int TextLength => (Attempt?.Id.Length ?? 0) + (Addon?.Length ?? 0) + (Told?.Length ?? 0);
}

/// <summary>A search for an add-on that was not found so far.</summary>
/// <param name="Id">Id of the mark; empty until it is looked for, and where there is none.</param>
/// <param name="MissingSince">Timestamp of the first look in vain; null before that.</param>
/// <param name="IsOpen">True when it was asked for, and no answer told whether it exists.</param>
internal sealed record CreationAttempt(string Id, long? MissingSince, bool IsOpen);
