using System.Diagnostics.CodeAnalysis;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Timing;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>Leadership of a cluster: its tokens are cancelled when it should be given up, and when it is lost. Disposing it releases the Lease.</summary>
internal sealed partial class ClusterLeadership : IAsyncDisposable
{
    // A cluster that does not answer must not delay the shutdown: its Lease expires by itself.
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(3);

    private readonly ClusterId _id;
    private readonly ClusterLease? _lease;
    private readonly TimeProvider _time;
    private readonly ILogger<ClusterLeadership> _logger;
    private readonly CancellationTokenSource _stopHolding = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task<LeaseEnd?> _holding;

    /// <param name="lease">The Lease just acquired; null to serve without one.</param>
    public ClusterLeadership(ClusterId id, ClusterLease? lease, TimeProvider time, ILogger<ClusterLeadership> logger)
    {
        (_id, _lease, _time, _logger) = (id, lease, time, logger);
        _holding = HoldAsync();
    }

    /// <summary>Cancelled when serving should stop, once running reconciles have finished.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Cancelled when another instance may be serving: nothing may be written any more.</summary>
    public CancellationToken Lost => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        await _stopHolding.CancelAsync();
        var end = await _holding;
        if (_lease is not null)
        {
            using var deadline = new Deadline(ReleaseLimit, _time, CancellationToken.None);
            await _lease.ReleaseAsync(end, deadline.Token);
        }

        _stopHolding.Dispose();
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task<LeaseEnd?> HoldAsync()
    {
        if (_lease is null)
        {
            return null;
        }

        var end = await HoldAsync(_lease, isShared: true);
        if (end is { IsLost: false })
        {
            // Running reconciles finish first, and until then nobody else may acquire the Lease.
            await _stop.CancelAsync();
            end = await HoldAsync(_lease, isShared: false) ?? end;
        }

        if (end is { IsLost: true })
        {
            await _lost.CancelAsync();
            await _stop.CancelAsync();
        }

        return end;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong while holding the Lease, leadership counts as lost.")]
    private async Task<LeaseEnd?> HoldAsync(ClusterLease lease, bool isShared)
    {
        LeaseEnd end;
        try
        {
            end = await lease.HoldAsync(isShared, _stopHolding.Token);
        }
        catch (OperationCanceledException) when (_stopHolding.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure)
        {
            end = new LeaseEnd(failure.Message, IsLost: true);
        }

        LogEnd(_id, end.Reason);
        return end;
    }

    [LoggerMessage(EventId = 160, Level = LogLevel.Information, Message = "{Cluster}: stopped leading: {Reason}")]
    private partial void LogEnd(ClusterId cluster, string reason);
}
