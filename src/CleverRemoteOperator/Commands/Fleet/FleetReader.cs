using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Timing;

namespace CleverRemoteOperator.Commands.Fleet;

/// <summary>Looks at every cluster at once, without an operator that runs; one that hangs or fails says so and holds up nothing else.</summary>
/// <param name="limit">How long one cluster may take.</param>
internal sealed class FleetReader(IClusterFactory factory, TimeProvider time, TimeSpan limit)
{
    /// <summary>Long enough for a large cluster far away; a connection is given up after 10 s already.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private const int ListsAtOnce = 4;

    /// <summary>The clusters in the same order. Never throws for one of them.</summary>
    public async Task<IReadOnlyList<ClusterView>> ReadAsync(IEnumerable<FleetCluster> clusters, FleetFilter filter, CancellationToken token) =>
        await Task.WhenAll(clusters.Select(cluster => ReadAsync(cluster, filter, token)));

    private async Task<ClusterView> ReadAsync(FleetCluster cluster, FleetFilter filter, CancellationToken token)
    {
        if (cluster.Definition is not { } definition)
        {
            return Unseen(cluster, KubernetesApiException.InvalidKubeconfig, $"{cluster.Source}: {cluster.Problem}");
        }

        using var deadline = new Deadline(limit, time, token);
        try
        {
            using var api = factory.Connect(definition);
            return await ReadAsync(api, definition, filter, deadline.Token);
        }
        catch (KubernetesApiException failure)
        {
            return Unseen(cluster, Word(failure), failure.Message);
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            return Unseen(cluster, FailureReason.Timeout, $"not all was answered within {limit.TotalSeconds:0} s");
        }
    }

    private async Task<ClusterView> ReadAsync(ICluster api, ClusterDefinition definition, FleetFilter filter, CancellationToken token)
    {
        var served = await ServedTypes.DiscoverAsync(api, token);
        if (served.Count == 0)
        {
            return new(definition.Id.Name, ClusterView.NoDefinitions, "it has none of the definitions: kubectl apply -f deployments/crds/product", []);
        }

        using var slots = new SemaphoreSlim(ListsAtOnce);
        var lists = await Task.WhenAll(
            from type in served
            where filter.Takes(type)
            from @namespace in filter.Namespaces(definition.Namespaces)
            select ListAsync(api, type, @namespace, slots, token));
        var problem = lists.Select(list => list.Problem).FirstOrDefault(problem => problem is not null);
        var malformed = lists.Sum(list => list.Malformed);
        return new(
            definition.Id.Name,
            problem is not null ? Word(problem) : malformed > 0 ? "Malformed" : null,
            problem?.Message ?? (malformed > 0 ? $"{malformed} of its resources cannot be read" : null),
            [.. lists.SelectMany(list => list.Resources)])
        {
            IsUnseen = problem is not null && lists.All(list => list.Problem is not null),
        };
    }

    // A type that may not be listed says so, and the others are shown.
    private async Task<Listed> ListAsync(ICluster api, ApiResource type, string? @namespace, SemaphoreSlim slots, CancellationToken token)
    {
        await slots.WaitAsync(token);
        try
        {
            var (items, malformed) = await ResourceLister.ListAsync(api, type, @namespace, ObjectReading.Addons(type, time), token);
            return new([.. items.Select(item => ResourceView.Of(api.Id.Name, type, item))], malformed, null);
        }
        catch (KubernetesApiException failure) when (failure.Status is not null)
        {
            return new([], 0, failure);
        }
        finally
        {
            slots.Release();
        }
    }

    private static ClusterView Unseen(FleetCluster cluster, string reason, string message) => new(cluster.Name, reason, message, []) { IsUnseen = true };

    private static string Word(KubernetesApiException failure) => failure.Reason.Length > 0 ? failure.Reason : failure.Status?.ToString() ?? "Failed";

    private sealed record Listed(IReadOnlyList<ResourceView> Resources, int Malformed, KubernetesApiException? Problem);
}
