using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Timing;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>
/// The right to serve a cluster, held by one instance at a time through a Lease in that cluster. An instance that is stopped
/// releases it, one that dies loses it after 15 s, and one that serves more than its share gives some away.
/// </summary>
/// <param name="deletions">What was deleted lately: kept in the Lease, so that it survives a restart.</param>
/// <param name="claim">Says whether the cluster may be served by what the Lease says; null where nothing else could be the same server.</param>
internal sealed partial class ClusterLease(
    ICluster cluster, string @namespace, OperatorInstance instance, ServerClaim? claim, DeletionLedger? deletions, TimeProvider time, ILogger<ClusterLease> logger)
{
    /// <summary>How long a holder is respected that renews its Lease no more, and an instance counts that says nothing.</summary>
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

    // How much longer whoever has it, or is to have it, is respected.
    private TimeSpan Left => (_lease.Seen.Holder.Length == 0 ? NextGrace : Duration) - _lease.Age;

    /// <summary>Waits until the cluster is ours. Throws <see cref="KubernetesApiException"/> when the cluster fails or does not let us.</summary>
    public async Task AcquireAsync(Action standby, CancellationToken token)
    {
        while (!await LookAsync(token))
        {
            standby();
            // A holder that died is followed at the very end of its time.
            await Task.Delay(Left > TimeSpan.Zero && Left < LookPeriod ? Left : LookPeriod, time, token);
        }

        instance.Acquired();
        LogAcquired(cluster.Id, instance.Id);
    }

    /// <summary>Keeps the Lease; ends when it is lost, or should go to another instance.</summary>
    /// <param name="isShared">False when it is only to be kept until the last write.</param>
    public async Task<LeaseEnd> HoldAsync(bool isShared, CancellationToken token)
    {
        while (true)
        {
            await Task.Delay(RenewPeriod, time, token);
            if (!await RenewInTimeAsync(token))
            {
                return new LeaseEnd("another instance took the Lease", IsLost: true);
            }

            if (time.GetElapsedTime(_renewedAt) >= RenewDeadline)
            {
                return new LeaseEnd("the Lease could not be renewed in time", IsLost: true);
            }

            if (isShared && instance.Successor([.. _lease.Alive]) is { } next)
            {
                _isHandover = true;
                return new LeaseEnd($"the instance {next} serves fewer clusters", IsLost: false, next);
            }
        }
    }

    /// <summary>Gives the Lease back after the last write, unless it is lost. A failure is left to the Lease's end.</summary>
    /// <param name="end">Why it is held no longer; null when the cluster is simply no longer served.</param>
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
            LogFailed(LogLevel.Warning, cluster.Id, "no answer in time");
        }
        catch (KubernetesApiException failure)
        {
            LogFailed(LogLevel.Warning, cluster.Id, failure.Message);
        }
    }

    // Whoever waits may show itself between our look and our write: then once more.
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

    // A server that fails for a moment must not make us forget since when the holder has been silent.
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

        var heir = _lease.Seen.Holder.Length == 0 ? _lease.Seen.Next : _lease.Seen.Holder;
        if (heir.Length > 0 && heir != instance.Id && Left > TimeSpan.Zero)
        {
            await ShowAsync(token);
            return false;
        }

        _acquired = time.GetUtcNow();
        // A Lease that was just made has a uid by now.
        return await TryRenewAsync(_lease.Seen.Transitions + (_lease.Exists ? 1 : 0), instance.Serves + 1, token) && await MayBeServedAsync(token);
    }

    private async Task<bool> MayBeServedAsync(CancellationToken token) => claim is null || await claim.MayBeServedAsync(_lease.Uid, _lease.Seen, token);

    // False when another instance has the Lease. A failure leaves it ours for as long as the last renewal is young enough.
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
            // Before it is lost there are more tries, and then that is told.
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

        // Most often a waiting instance has shown itself in between. A Lease that somebody deleted is written anew.
        await _lease.ReadAsync(token);
        var isOurs = _lease.Seen.Holder == instance.Id;
        return (isOurs || !_lease.Exists) && (await TryRenewAsync(_lease.Seen.Transitions, instance.Serves, token) || isOurs);
    }

    private async Task<bool> TryRenewAsync(int transitions, int serves, CancellationToken token)
    {
        // Before it is sent: whoever waits may count from the moment the server took it.
        var sent = time.GetTimestamp();
        var record = new LeaseRecord(instance.Id, "", time.GetUtcNow(), _acquired, transitions, Instances(serves));
        if (!await _lease.TryWriteAsync(claim?.Sign(record) ?? record, token))
        {
            return false;
        }

        _renewedAt = sent;
        return true;
    }

    // Whoever waits shows itself, so that the holder can see that it has more than its share.
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

    [LoggerMessage(EventId = 150, Level = LogLevel.Information, Message = "{Cluster}: served by this instance ({Instance})")]
    private partial void LogAcquired(ClusterId cluster, string instance);

    [LoggerMessage(EventId = 151, Level = LogLevel.Information, Message = "{Cluster}: Lease released")]
    private partial void LogReleased(ClusterId cluster);

    [LoggerMessage(EventId = 152, Message = "{Cluster}: the Lease could not be read or written: {Problem}")]
    private partial void LogFailed(LogLevel level, ClusterId cluster, string problem);
}
