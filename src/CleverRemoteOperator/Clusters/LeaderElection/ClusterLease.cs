using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Timing;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>
/// The right to serve a cluster, held by one instance at a time through a Lease in that cluster. An instance that stops
/// releases it, one that dies loses it after 15 s, and one with more clusters than its share hands some over.
/// </summary>
/// <param name="deletions">Recent deletions, kept in the Lease so that they survive a restart.</param>
/// <param name="claim">Decides from the Lease whether the cluster may be served; null where no other cluster can have the same server.</param>
internal sealed partial class ClusterLease(
    ICluster cluster, string @namespace, OperatorInstance instance, ServerClaim? claim, DeletionLedger? deletions, TimeProvider time, ILogger<ClusterLease> logger)
{
    /// <summary>How long a holder that stops renewing keeps the Lease, and a silent instance counts as alive.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RenewDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RenewPeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShowPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NextGrace = TimeSpan.FromSeconds(5);
    private const int FailuresToGiveUp = 5;

    private readonly ObservedLease _lease = new(cluster, @namespace, Duration, deletions, time);
    private DateTimeOffset _acquired;
    private long _renewedAt;
    private long? _shownAt;
    private int _failures;
    private bool _isHandover;

    // Time left to the current holder, or to the one it was released for.
    private TimeSpan Left => (_lease.Seen.Holder.Length == 0 ? NextGrace : Duration) - _lease.Age;

    /// <summary>Waits until the Lease is ours. Throws <see cref="KubernetesApiException"/> when the cluster fails or denies it.</summary>
    public async Task AcquireAsync(Action standby, CancellationToken token)
    {
        while (!await LookAsync(token))
        {
            standby();
            // Take over from a dead holder as soon as its Lease expires.
            await Task.Delay(Left > TimeSpan.Zero && Left < LookPeriod ? Left : LookPeriod, time, token);
        }

        instance.Acquired();
        LogAcquired(cluster.Id, instance.Id);
    }

    /// <summary>Renews the Lease until it is lost or should be handed over.</summary>
    /// <param name="isShared">False when it is only kept until the last write and not handed over.</param>
    public async Task<LeaseEnd> HoldAsync(bool isShared, CancellationToken token)
    {
        while (true)
        {
            await Task.Delay(RenewPeriod, time, token);
            if (!await RenewInTimeAsync(token))
            {
                return new LeaseEnd("another instance acquired the Lease", IsLost: true);
            }

            if (time.GetElapsedTime(_renewedAt) >= RenewDeadline)
            {
                return new LeaseEnd("failed to renew the Lease in time", IsLost: true);
            }

            if (isShared && instance.Successor([.. _lease.Alive]) is { } next)
            {
                _isHandover = true;
                return new LeaseEnd($"handing over to {next}, which serves fewer clusters", IsLost: false, next);
            }
        }
    }

    /// <summary>Releases the Lease after the last write, unless it is lost. If that fails the Lease expires by itself.</summary>
    /// <param name="end">Why it is no longer held; null when the cluster is simply no longer served.</param>
    public async Task ReleaseAsync(LeaseEnd? end, CancellationToken token)
    {
        instance.Released(_isHandover);
        if (end is { IsLost: true })
        {
            return;
        }

        try
        {
            await ReleaseAsync(end?.Next ?? "", token);
        }
        catch (OperationCanceledException)
        {
            LogFailed(LogLevel.Warning, cluster.Id, "timed out");
        }
        catch (KubernetesApiException failure)
        {
            LogFailed(LogLevel.Warning, cluster.Id, failure.Message);
        }
    }

    // A waiting instance may write its entry between our read and our write: then retry.
    private async Task ReleaseAsync(string next, CancellationToken token)
    {
        var isReleased = false;
        while (!isReleased)
        {
            await _lease.ReadAsync(token);
            if (_lease.Seen.Holder != instance.Id)
            {
                return;
            }

            isReleased = await _lease.TryWriteAsync(
                _lease.Seen with { Holder = "", Next = next, Renewed = time.GetUtcNow(), Instances = Instances(serves: null) }, token);
        }

        LogReleased(cluster.Id);
    }

    // A brief server failure must not reset how long the holder has been silent.
    private async Task<bool> LookAsync(CancellationToken token)
    {
        try
        {
            var isOurs = await TryAcquireAsync(token);
            _failures = 0;
            return isOurs;
        }
        catch (KubernetesApiException failure) when (_lease.IsKnown && failure.Means(FailureMeaning.Unanswered) && ++_failures < FailuresToGiveUp)
        {
            LogFailed(LogLevel.Debug, cluster.Id, failure.Message);
            return false;
        }
    }

    private async Task<bool> TryAcquireAsync(CancellationToken token)
    {
        var before = _lease.Seen.Holder;
        await _lease.ReadAsync(token);
        if (!await MayBeServedAsync(token))
        {
            return false;
        }

        if (_lease.Seen is { Holder: "", Next: "" } free && before.Length > 0 && !free.Instances.ContainsKey(before))
        {
            instance.SawEnd(before);
        }

        var successor = _lease.Seen.Holder.Length == 0 ? _lease.Seen.Next : _lease.Seen.Holder;
        if (successor.Length > 0 && successor != instance.Id && Left > TimeSpan.Zero)
        {
            await ShowAsync(token);
            return false;
        }

        _acquired = time.GetUtcNow();
        // A Lease that has just been created has a uid by now.
        return await TryRenewAsync(_lease.Seen.Transitions + (_lease.Exists ? 1 : 0), instance.Serves + 1, token) && await MayBeServedAsync(token);
    }

    private async Task<bool> MayBeServedAsync(CancellationToken token) => claim is null || await claim.MayBeServedAsync(_lease.Uid, _lease.Seen, token);

    // False when another instance has the Lease. After a failure it stays ours until the renew deadline.
    private async Task<bool> RenewInTimeAsync(CancellationToken token)
    {
        using var deadline = new Deadline(RenewDeadline - time.GetElapsedTime(_renewedAt), time, token);
        try
        {
            return await RenewAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            return true;
        }
        catch (KubernetesApiException failure)
        {
            // There are more tries before it is lost, and that is logged.
            LogFailed(LogLevel.Debug, cluster.Id, failure.Message);
            return true;
        }
    }

    private async Task<bool> RenewAsync(CancellationToken token)
    {
        if (await TryRenewAsync(_lease.Seen.Transitions, instance.Serves, token))
        {
            return true;
        }

        // Usually a waiting instance wrote its entry in between. A deleted Lease is created again.
        await _lease.ReadAsync(token);
        var isOurs = _lease.Seen.Holder == instance.Id;
        return (isOurs || !_lease.Exists) && (await TryRenewAsync(_lease.Seen.Transitions, instance.Serves, token) || isOurs);
    }

    private async Task<bool> TryRenewAsync(int transitions, int serves, CancellationToken token)
    {
        // Before it is sent: others may count from the moment the server stores it.
        var sent = time.GetTimestamp();
        var record = new LeaseRecord(instance.Id, "", time.GetUtcNow(), _acquired, transitions, Instances(serves));
        if (!await _lease.TryWriteAsync(claim?.Sign(record) ?? record, token))
        {
            return false;
        }

        _renewedAt = sent;
        return true;
    }

    // A waiting instance writes its entry, so that the holder sees when it has more than its share.
    private async Task ShowAsync(CancellationToken token)
    {
        if ((_shownAt is not { } last || time.GetElapsedTime(last) >= ShowPeriod)
            && await _lease.TryWriteAsync(_lease.Seen with { Instances = Instances(instance.Serves) }, token))
        {
            _shownAt = time.GetTimestamp();
        }
    }

    private Dictionary<string, LeaseInstance> Instances(int? serves)
    {
        var all = _lease.Alive.Where(other => other.Id != instance.Id).ToDictionary(other => other.Id, other => other.Entry, StringComparer.Ordinal);
        if (serves is { } count)
        {
            all[instance.Id] = new LeaseInstance(time.GetUtcNow(), count) { Nonce = _lease.Seen.Instances.GetValueOrDefault(instance.Id)?.Nonce ?? "" };
        }

        return all;
    }

    [LoggerMessage(EventId = 150, Level = LogLevel.Information, Message = "{Cluster}: became leader as {Instance}")]
    private partial void LogAcquired(ClusterId cluster, string instance);

    [LoggerMessage(EventId = 151, Level = LogLevel.Information, Message = "{Cluster}: released the Lease")]
    private partial void LogReleased(ClusterId cluster);

    [LoggerMessage(EventId = 152, Message = "{Cluster}: failed to read or update the Lease: {Problem}")]
    private partial void LogFailed(LogLevel level, ClusterId cluster, string problem);
}
