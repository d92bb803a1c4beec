using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Timing;
using k8s.Models;

namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>A cluster's Lease as this process last saw it. Its age is measured by our own clock, as the clocks of two machines may differ.</summary>
/// <param name="duration">How long an unchanged entry of another instance counts as alive.</param>
/// <param name="deletions">Recent deletions, to which each instance adds; null where nothing is deleted.</param>
internal sealed class ObservedLease(ICluster cluster, string @namespace, TimeSpan duration, DeletionLedger? deletions, TimeProvider time)
{
    // A request that times out must leave time for another one.
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(4);

    private readonly ObservedInstances _instances = new(time, duration);
    private V1Lease? _lease;
    private long? _changedAt;

    /// <summary>What it says; <see cref="LeaseRecord.Empty"/> when there is none.</summary>
    public LeaseRecord Seen { get; private set; } = LeaseRecord.Empty;

    public bool Exists => _lease is not null;

    /// <summary>Its uid; null when there is none.</summary>
    public string? Uid => _lease?.Metadata?.Uid is { } uid && KubernetesNames.IsUid(uid) ? uid : null;

    /// <summary>True once it has been read.</summary>
    public bool IsKnown => _changedAt is not null;

    /// <summary>How long it has had the same holder without being renewed.</summary>
    public TimeSpan Age => _changedAt is { } changed ? time.GetElapsedTime(changed) : TimeSpan.Zero;

    /// <inheritdoc cref="ObservedInstances.Alive"/>
    public IEnumerable<ObservedInstance> Alive => _instances.Alive;

    public async Task ReadAsync(CancellationToken token)
    {
        _lease = await LimitAsync(limited => cluster.GetLeaseAsync(@namespace, LeaseRecord.Name, limited), token);
        var now = _lease is null ? LeaseRecord.Empty : LeaseRecord.Read(_lease);
        if (_changedAt is null || now.Holder != Seen.Holder || now.Next != Seen.Next || now.Renewed != Seen.Renewed)
        {
            _changedAt = time.GetTimestamp();
        }

        Seen = now;
        deletions?.Read(now.Deletions);
        _instances.Observe(now.Instances);
    }

    /// <summary>Writes it; false when it has changed since it was last seen.</summary>
    public async Task<bool> TryWriteAsync(LeaseRecord record, CancellationToken token)
    {
        record = record with { Deletions = deletions?.Write() ?? record.Deletions };
        try
        {
            _lease = await LimitAsync(limited => cluster.PutLeaseAsync(@namespace, LeaseRecord.Name, record.Write(@namespace, _lease, duration), limited), token);
        }
        catch (KubernetesApiException failure) when (failure.IsConflict || (failure.IsNotFound && Exists))
        {
            // Not found while creating it means that the namespace is missing: that is a failure.
            return false;
        }

        Seen = LeaseRecord.Read(_lease);
        return true;
    }

    private async Task<T> LimitAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken token)
    {
        using var deadline = new Deadline(RequestLimit, time, token);
        try
        {
            return await request(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            throw ApiError.FromDeadline($"Lease {@namespace}/{LeaseRecord.Name}", RequestLimit);
        }
    }
}
