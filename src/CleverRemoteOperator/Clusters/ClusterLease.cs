using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// The right to serve a cluster, held by one instance at a time through a Lease in that cluster. An instance that is stopped
/// releases it, one that dies loses it after 15 s, and one that serves two clusters more than another gives one away.
/// </summary>
internal sealed partial class ClusterLease(
    ICluster cluster, string @namespace, OperatorInstance instance, TimeProvider time, ILogger<ClusterLease> logger)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RenewDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RenewPeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShowPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NextGrace = TimeSpan.FromSeconds(5);

    private JsonObject? _lease;
    private LeaseRecord _seen = LeaseRecord.Empty;
    private long _seenAt;
    private long _renewedAt;
    private long? _shownAt;

    /// <summary>Waits until the cluster is ours. Throws <see cref="KubernetesApiException"/> when the cluster fails or does not let us.</summary>
    public async Task AcquireAsync(Action standby, CancellationToken token)
    {
        while (!await TryAcquireAsync(token))
        {
            standby();
            await Task.Delay(LookPeriod, time, token);
        }

        instance.Took();
        LogAcquired(cluster.Id, instance.Id);
    }

    /// <summary>Keeps the Lease; ends when it is lost, or should go to another instance.</summary>
    public async Task<LeaseEnd> HoldAsync(CancellationToken token)
    {
        while (true)
        {
            await Task.Delay(RenewPeriod, time, token);
            try
            {
                if (!await RenewAsync(token))
                {
                    return new LeaseEnd("another instance took the Lease", IsLost: true);
                }

                if (Beneficiary() is { } next)
                {
                    return new LeaseEnd($"the instance {next} serves fewer clusters", IsLost: false, next);
                }
            }
            catch (KubernetesApiException failure)
            {
                LogRenewFailed(cluster.Id, failure.Message);
            }

            if (time.GetElapsedTime(_renewedAt) > RenewDeadline)
            {
                return new LeaseEnd("the Lease could not be renewed in time", IsLost: true);
            }
        }
    }

    /// <summary>Gives the Lease back after the last write, unless it is lost. A failure is left to the Lease's end.</summary>
    /// <param name="end">Why it is held no longer; null when the cluster is simply no longer served.</param>
    public async Task ReleaseAsync(LeaseEnd? end, CancellationToken token)
    {
        instance.Gave();
        if (end is { IsLost: true })
        {
            return;
        }

        try
        {
            await ReadAsync(token);
            if (_seen.Holder == instance.Id)
            {
                var instances = Others().ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
                await WriteAsync(_seen with { Holder = "", Next = end?.Next ?? "", Renewed = time.GetUtcNow(), Instances = instances }, token);
                LogReleased(cluster.Id);
            }
        }
        catch (OperationCanceledException)
        {
            LogRenewFailed(cluster.Id, "no answer in time");
        }
        catch (KubernetesApiException failure)
        {
            LogRenewFailed(cluster.Id, failure.Message);
        }
    }

    private async Task<bool> TryAcquireAsync(CancellationToken token)
    {
        await ReadAsync(token);
        var isFree = _seen.Holder.Length == 0
            ? _seen.Next.Length == 0 || _seen.Next == instance.Id || time.GetElapsedTime(_seenAt) > NextGrace
            : _seen.Holder == instance.Id || time.GetElapsedTime(_seenAt) > Duration;
        if (!isFree)
        {
            await ShowAsync(token);
            return false;
        }

        var now = time.GetUtcNow();
        return await TryWriteAsync(
            new LeaseRecord(instance.Id, "", now, now, _seen.Transitions + (_lease is null ? 0 : 1), WithSelf(instance.Serves + 1)), token);
    }

    private async Task<bool> RenewAsync(CancellationToken token)
    {
        if (await TryWriteAsync(_seen with { Renewed = time.GetUtcNow(), Instances = WithSelf(instance.Serves) }, token))
        {
            return true;
        }

        // Most often a waiting instance has shown itself in between.
        await ReadAsync(token);
        return _seen.Holder == instance.Id
            && (await TryWriteAsync(_seen with { Renewed = time.GetUtcNow(), Instances = WithSelf(instance.Serves) }, token) || _seen.Holder == instance.Id);
    }

    // The instance that should have this cluster instead, because it serves two fewer.
    private string? Beneficiary() =>
        Others().OrderBy(pair => pair.Value.Serves).ThenBy(pair => pair.Key, StringComparer.Ordinal).FirstOrDefault() is { Key: { } id } other
        && instance.ShouldGiveTo(other.Value.Serves) ? id : null;

    // Whoever waits shows itself, so that the holder can see that it has more than its share.
    private async Task ShowAsync(CancellationToken token)
    {
        if (_shownAt is { } last && time.GetElapsedTime(last) < ShowPeriod)
        {
            return;
        }

        if (await TryWriteAsync(_seen with { Instances = WithSelf(instance.Serves) }, token, isRenewal: false))
        {
            _shownAt = time.GetTimestamp();
        }
    }

    private Dictionary<string, LeaseInstance> WithSelf(int serves)
    {
        var all = Others().ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        all[instance.Id] = new LeaseInstance(time.GetUtcNow(), serves);
        return all;
    }

    private IEnumerable<KeyValuePair<string, LeaseInstance>> Others()
    {
        var now = time.GetUtcNow();
        return _seen.Instances.Where(pair => pair.Key != instance.Id && (now - pair.Value.Seen).Duration() < Duration);
    }

    private async Task ReadAsync(CancellationToken token)
    {
        _lease = await cluster.GetLeaseAsync(@namespace, LeaseRecord.Name, token);
        var now = _lease is null ? LeaseRecord.Empty : LeaseRecord.Read(_lease);

        // Its age is taken by our own clock, from when it was last seen to change: clocks of two machines may differ.
        if (_seenAt == 0 || now.Holder != _seen.Holder || now.Renewed != _seen.Renewed)
        {
            _seenAt = time.GetTimestamp();
        }

        _seen = now;
    }

    private async Task<bool> TryWriteAsync(LeaseRecord record, CancellationToken token, bool isRenewal = true)
    {
        try
        {
            await WriteAsync(record, token);
            if (isRenewal)
            {
                _renewedAt = time.GetTimestamp();
            }

            return true;
        }
        catch (KubernetesApiException failure) when (failure.IsConflict)
        {
            return false;
        }
    }

    private async Task WriteAsync(LeaseRecord record, CancellationToken token)
    {
        _lease = await cluster.PutLeaseAsync(@namespace, LeaseRecord.Name, record.Write(@namespace, _lease, Duration), token);
        _seen = LeaseRecord.Read(_lease);
    }

    [LoggerMessage(EventId = 150, Level = LogLevel.Information, Message = "{Cluster}: served by this instance ({Instance})")]
    private partial void LogAcquired(ClusterId cluster, string instance);

    [LoggerMessage(EventId = 151, Level = LogLevel.Information, Message = "{Cluster}: Lease released")]
    private partial void LogReleased(ClusterId cluster);

    [LoggerMessage(EventId = 152, Level = LogLevel.Warning, Message = "{Cluster}: the Lease could not be written: {Problem}")]
    private partial void LogRenewFailed(ClusterId cluster, string problem);
}

/// <summary>Why a Lease is held no longer.</summary>
/// <param name="IsLost">True when another may be serving already: not one more write is allowed.</param>
/// <param name="Next">The instance that shall have it; empty for any.</param>
internal sealed record LeaseEnd(string Reason, bool IsLost, string Next = "");
