using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Remembering;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Clusters.LeaderElection;

/// <summary>Leader election: waits until this instance may serve a cluster, and meanwhile lists the cluster's resources when another cluster asks for them.</summary>
/// <param name="random">Gives numbers from 0 to below 1.</param>
internal sealed class LeaderElector(
    OperatorOptions options, OperatorInstance instance, ClaimedServers servers, FleetView fleet, ClusterMemories memories,
    TimeProvider time, Func<double> random, ILoggerFactory loggers)
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Claims the cluster's server until disposed.</summary>
    /// <exception cref="DuplicateClusterException">An earlier cluster has the same server.</exception>
    public ServerClaim Claim(ClusterDefinition definition, ICluster cluster) =>
        new(definition, cluster, definition.LeaseNamespace(options.LeaseNamespace), servers, instance, time);

    /// <summary>Waits until this instance leads, by the cluster's Lease or, with <c>--no-lease</c>, once no other cluster has the same server.</summary>
    /// <param name="standby">Called each time it does not lead yet.</param>
    public async Task<ClusterLeadership> LeadAsync(ServerClaim claim, Action standby, CancellationToken token)
    {
        var lease = options.NoLease ? null : Lease(claim);
        if (lease is null)
        {
            await WaitForServerAsync(claim, standby, token);
        }
        else
        {
            await AcquireAsync(lease, claim, standby, token);
        }

        return new ClusterLeadership(claim.Definition.Id, lease, time, loggers.CreateLogger<ClusterLeadership>());
    }

    private ClusterLease Lease(ServerClaim claim) => new(
        claim.Cluster, claim.LeaseNamespace, instance, claim, memories.Of(claim.Definition.Id).Deletions, time, loggers.CreateLogger<ClusterLease>());

    private async Task AcquireAsync(ClusterLease lease, ServerClaim claim, Action standby, CancellationToken token)
    {
        await using var listing = new StandbyListing(claim.Definition, claim.Cluster, fleet, time, random, loggers.CreateLogger<StandbyListing>());
        await lease.AcquireAsync(
            () =>
            {
                standby();
                listing.Look();
            },
            token);
    }

    private async Task WaitForServerAsync(ServerClaim claim, Action standby, CancellationToken token)
    {
        while (!await claim.MayBeServedAsync(null, LeaseRecord.Empty, token))
        {
            standby();
            await Task.Delay(LookPeriod, time, token);
        }
    }
}
