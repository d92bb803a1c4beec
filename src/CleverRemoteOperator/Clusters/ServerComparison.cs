using System.Security.Cryptography;
using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// Finds out whether two clusters are one API server: writes a nonce into the Lease through the connection of the earlier cluster, and
/// looks for it through that of the later one. What it finds there is what the later cluster's own server stores, so no other cluster can
/// make it look like a duplicate.
/// </summary>
internal sealed class ServerComparison(OperatorInstance instance, TimeProvider time)
{
    // Another instance's write may undo ours in between, but hardly every time.
    private const int Rounds = 3;
    private const int Attempts = 5;

    /// <summary>Compares them; a failure is part of the result.</summary>
    public async Task<Comparison> CompareAsync(ServerClaim earlier, ServerClaim later, CancellationToken token)
    {
        using var turn = await earlier.CompareInTurnAsync(token);
        for (var round = 0; round < Rounds; round++)
        {
            var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
            if (await FailureAsync(() => WriteAsync(earlier, nonce, token)) is { } unwritten)
            {
                return new Comparison(ComparisonOutcome.EarlierSilent, unwritten);
            }

            var isThere = false;
            if (await FailureAsync(async () => isThere = await HasAsync(later, earlier.LeaseNamespace, nonce, token)) is { } unread)
            {
                return new Comparison(ComparisonOutcome.LaterSilent, unread);
            }

            if (isThere)
            {
                return new Comparison(ComparisonOutcome.Same);
            }
        }

        return new Comparison(ComparisonOutcome.Different);
    }

    private async Task WriteAsync(ServerClaim through, string nonce, CancellationToken token)
    {
        var lease = Lease(through, through.LeaseNamespace);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await lease.ReadAsync(token);
            var now = time.GetUtcNow();
            var seen = lease.Exists ? lease.Seen : LeaseRecord.Empty with { Renewed = now, Acquired = now };
            var own = seen.Instances.GetValueOrDefault(instance.Id) ?? new LeaseInstance(now, instance.Serves);
            var instances = new Dictionary<string, LeaseInstance>(seen.Instances, StringComparer.Ordinal) { [instance.Id] = own with { Nonce = nonce } };
            if (await lease.TryWriteAsync(seen with { Instances = instances }, token))
            {
                return;
            }
        }

        throw new KubernetesApiException($"failed to update Lease {through.LeaseNamespace}/{LeaseRecord.Name}: it keeps changing", null, "");
    }

    private async Task<bool> HasAsync(ServerClaim through, string @namespace, string nonce, CancellationToken token)
    {
        var lease = Lease(through, @namespace);
        await lease.ReadAsync(token);
        return lease.Seen.Instances.GetValueOrDefault(instance.Id)?.Nonce == nonce;
    }

    private ObservedLease Lease(ServerClaim through, string @namespace) => new(through.Cluster, @namespace, ClusterLease.Duration, null, time);

    private static async Task<KubernetesApiException?> FailureAsync(Func<Task> request)
    {
        try
        {
            await request();
            return null;
        }
        catch (KubernetesApiException failure)
        {
            return failure;
        }
        catch (ObjectDisposedException)
        {
            return new KubernetesApiException("the connection was closed", null, "");
        }
    }
}

/// <summary>What came of comparing two clusters' servers.</summary>
/// <param name="Failure">Why one of them was silent.</param>
internal readonly record struct Comparison(ComparisonOutcome Outcome, KubernetesApiException? Failure = null);

/// <summary>What can come of comparing two clusters' servers.</summary>
internal enum ComparisonOutcome
{
    /// <summary>What was written through one connection is there through the other.</summary>
    Same,

    /// <summary>It is not there.</summary>
    Different,

    /// <summary>Nothing could be written through the earlier cluster's connection.</summary>
    EarlierSilent,

    /// <summary>Nothing could be read through the later cluster's connection.</summary>
    LaterSilent,
}
