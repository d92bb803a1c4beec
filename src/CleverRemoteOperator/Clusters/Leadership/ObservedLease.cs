using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Remembering;
using k8s.Models;

namespace CleverRemoteOperator.Clusters.Leadership;

/// <summary>A cluster's Lease as this process last saw it, and since when: its age is taken by our own clock, as clocks of two machines may differ.</summary>
/// <param name="duration">How long an entry of another instance counts that does not change.</param>
/// <param name="deletions">What was deleted lately, which each instance adds to; null where nothing is deleted.</param>
internal sealed class ObservedLease(ICluster cluster, string @namespace, TimeSpan duration, DeletionLedger? deletions, TimeProvider time)
{
    // A request that gets no answer must leave time for another one.
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(4);

    private readonly InstanceSightings _instances = new(time, duration);
    private V1Lease? _lease;
    private long? _changedAt;

    /// <summary>What it says; <see cref="LeaseRecord.Empty"/> when there is none.</summary>
    public LeaseRecord Seen { get; private set; } = LeaseRecord.Empty;

    public bool Exists => _lease is not null;

    /// <summary>Its uid; null when there is none.</summary>
    public string? Uid => _lease?.Metadata?.Uid is { } uid && KubernetesNames.IsUid(uid) ? uid : null;

    /// <summary>True once it was looked at.</summary>
    public bool IsKnown => _changedAt is not null;

    /// <summary>For how long it has been seen to belong to the same instance, and not to be renewed.</summary>
    public TimeSpan Age => _changedAt is { } changed ? time.GetElapsedTime(changed) : TimeSpan.Zero;

    /// <inheritdoc cref="InstanceSightings.Young"/>
    public IEnumerable<InstanceSighting> Young => _instances.Young;

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

    /// <summary>Writes it unless it is not any more as it was seen: then false.</summary>
    public async Task<bool> TryWriteAsync(LeaseRecord record, CancellationToken token)
    {
        record = record with { Deletions = deletions?.Write() ?? record.Deletions };
        try
        {
            _lease = await LimitAsync(limited => cluster.PutLeaseAsync(@namespace, LeaseRecord.Name, record.Write(@namespace, _lease, duration), limited), token);
        }
        catch (KubernetesApiException failure) when (failure.IsConflict || (failure.IsNotFound && Exists))
        {
            // A new one that is not found lacks its namespace: that is a failure.
            return false;
        }

        Seen = LeaseRecord.Read(_lease);
        return true;
    }

    private async Task<T> LimitAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken token)
    {
        using var deadline = new CancellationTokenSource(RequestLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, token);
        try
        {
            return await request(either.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw ApiError.FromDeadline($"Lease {@namespace}/{LeaseRecord.Name}", RequestLimit);
        }
    }
}
