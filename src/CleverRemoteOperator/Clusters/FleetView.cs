using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// The uids of the resources of all configured clusters: those watched now and, of clusters not served here, those seen last.
/// An add-on whose name contains no cluster may be claimed only when no other cluster is known to have, or may have, such a resource.
/// </summary>
internal sealed class FleetView(ClaimedServers servers, TimeProvider time) : IFleetView
{
    private const int MostNamed = 5;

    private readonly Lock _lock = new();
    private readonly Dictionary<ClusterId, SeenCluster> _clusters = [];

    /// <summary>These clusters are configured now, in this order.</summary>
    public void Configure(IReadOnlyList<ClusterDefinition> definitions)
    {
        servers.Configure(definitions);
        lock (_lock)
        {
            var before = _clusters.ToDictionary();
            _clusters.Clear();
            foreach (var definition in definitions)
            {
                var known = before.GetValueOrDefault(definition.Id) ?? new SeenCluster(time);
                known.Definition = definition;
                _clusters[definition.Id] = known;
            }
        }
    }

    public ClaimVerdict MayClaim(ClusterId cluster, string uid)
    {
        var original = servers.OriginalOf(cluster);
        lock (_lock)
        {
            if (!_clusters.TryGetValue(cluster, out var own))
            {
                return new(ClaimRight.Wait, $"cluster {cluster} is no longer configured");
            }

            if (original is not null)
            {
                return new(ClaimRight.Never, $"cluster {cluster} is a copy of {original.Id}, which owns the add-ons whose name contains no cluster. Remove {original.Id} from the configuration when {cluster} replaces it");
            }

            if (own.Definition.Options.Takeover)
            {
                return ClaimVerdict.Yes;
            }

            if (!Guid.TryParseExact(uid, "D", out var id))
            {
                return new(ClaimRight.Never, "the uid is not a UUID");
            }

            // A duplicate's resources are those of the cluster before it.
            var others = _clusters.Where(pair => pair.Key != cluster && !servers.IsDuplicate(pair.Key)).ToList();
            if (others.FirstOrDefault(other => other.Value.Has(uid, id)) is { Value: not null } holder)
            {
                return new(
                    ClaimRight.Disputed,
                    $"cluster {holder.Key} has a resource with the same uid, and the add-on's name contains no cluster: set takeover = true for the cluster that owns it, or remove {holder.Key} from the configuration");
            }

            List<ClusterId> unseen = [.. others.Where(other => !other.Value.IsKnown()).Select(other => other.Key), .. own.IsKnown() ? [] : new[] { cluster }];
            return unseen.Count == 0 ? ClaimVerdict.Yes : new(ClaimRight.Wait, Unseen(unseen, cluster));
        }
    }

    public Task<Holder> FindHolderAsync(AddonKind kind, AddonName name, (string Namespace, string Name)? place, CancellationToken token)
    {
        List<(ClusterDefinition, ClusterResources?)> asked;
        lock (_lock)
        {
            asked = [.. _clusters.Where(pair => !servers.IsDuplicate(pair.Key)).Select(pair => (pair.Value.Definition, pair.Value.Complete))];
        }

        return HolderSearch.RunAsync(asked, kind, name, place, token);
    }

    /// <summary>The cluster's loops have started.</summary>
    public void Serve(ClusterId cluster, ClusterResources resources) => Change(cluster, seen => seen.Serve(resources));

    /// <summary>The cluster's loops have ended: the uids seen last are remembered.</summary>
    public void Stop(ClusterId cluster) => Change(cluster, seen => seen.Stop());

    /// <summary>Whether the resources of a cluster that another instance serves are asked for.</summary>
    public bool IsAsked(ClusterId cluster)
    {
        lock (_lock)
        {
            return _clusters.GetValueOrDefault(cluster) is { } seen && seen.IsAsked;
        }
    }

    /// <summary>All uids of a cluster that another instance serves, listed just now.</summary>
    public void Listed(ClusterId cluster, IEnumerable<string> uids) => Change(cluster, seen => seen.Listed(uids));

    private void Change(ClusterId cluster, Action<SeenCluster> change)
    {
        lock (_lock)
        {
            if (_clusters.TryGetValue(cluster, out var seen))
            {
                change(seen);
            }
        }
    }

    private static string Unseen(List<ClusterId> unseen, ClusterId cluster)
    {
        var more = unseen.Count > MostNamed ? $" and {unseen.Count - MostNamed} more" : "";
        return $"the add-on's name contains no cluster, so it is claimed only after every cluster has been seen; not seen yet: {string.Join(", ", unseen.Take(MostNamed))}{more}. "
            + $"Remove clusters that are gone from the configuration, or set takeover = true for {cluster}";
    }
}
