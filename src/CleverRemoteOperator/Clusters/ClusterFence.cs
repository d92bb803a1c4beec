using System.Diagnostics.CodeAnalysis;
using CleverRemoteOperator.Kubernetes;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters;

/// <summary>Leadership while it lasts: tokens that end when it should be given up, or is lost. Disposing it releases the Lease.</summary>
internal sealed partial class ClusterFence : IAsyncDisposable
{
    private readonly ClusterId _id;
    private readonly ClusterLease? _lease;
    private readonly ILogger<ClusterFence> _logger;
    private readonly CancellationTokenSource _stopHolding = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task<LeaseEnd?> _holding;

    /// <param name="lease">A Lease just acquired; null to serve without one.</param>
    public ClusterFence(ClusterId id, ClusterLease? lease, ILogger<ClusterFence> logger)
    {
        (_id, _lease, _logger) = (id, lease, logger);
        _holding = HoldAsync();
    }

    /// <summary>Ends when serving should end, running reconciles being finished first.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Ends when another instance may be serving: nothing may be written any more.</summary>
    public CancellationToken Lost => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        await _stopHolding.CancelAsync();
        var end = await _holding;
        if (_lease is not null)
        {
            await _lease.ReleaseAsync(end, CancellationToken.None);
        }

        _stopHolding.Dispose();
        _stop.Dispose();
        _lost.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong while holding the Lease, leadership counts as lost.")]
    private async Task<LeaseEnd?> HoldAsync()
    {
        if (_lease is null)
        {
            return null;
        }

        LeaseEnd end;
        try
        {
            end = await _lease.HoldAsync(_stopHolding.Token);
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
        if (end.IsLost)
        {
            await _lost.CancelAsync();
        }

        await _stop.CancelAsync();
        return end;
    }

    [LoggerMessage(EventId = 160, Level = LogLevel.Information, Message = "{Cluster}: no longer served by this instance: {Reason}")]
    private partial void LogEnd(ClusterId cluster, string reason);
}
