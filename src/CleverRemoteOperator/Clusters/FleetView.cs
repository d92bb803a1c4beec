using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Reconciling;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// Which uids the configured clusters have: those their loops watch now, and of clusters that are not served here those they showed last.
/// An add-on without a cluster's name may be claimed only when it is known of each other cluster that it has no such resource.
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
                return new(ClaimRight.Wait, $"cluster {cluster} is configured no longer");
            }

            if (original is not null)
            {
                return new(ClaimRight.Never, $"cluster {cluster} is a copy of {original.Id}: an add-on that bears no cluster's name is left to {original.Id}. Remove {original.Id} from the configuration when {cluster} takes its place");
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
                    $"cluster {holder.Key} has a resource of the same uid, and the add-on bears no cluster's name: set takeover = true for the cluster whose it is, or remove {holder.Key} from the configuration");
            }

            List<ClusterId> unseen = [.. others.Where(other => !other.Value.IsKnown()).Select(other => other.Key), .. own.IsKnown() ? [] : new[] { cluster }];
            return unseen.Count == 0 ? ClaimVerdict.Yes : new(ClaimRight.Wait, Unseen(unseen, cluster));
        }
    }

    /// <summary>The cluster's loops run from now on.</summary>
    public void Serve(ClusterId cluster, ClusterResources resources) => Change(cluster, seen => seen.Serve(resources));

    /// <summary>The cluster's loops have ended: what they showed last is remembered.</summary>
    public void Stop(ClusterId cluster) => Change(cluster, seen => seen.Stop());

    /// <summary>Whether somebody wants to know what a cluster has that another instance serves.</summary>
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
        return $"the add-on bears no cluster's name, and is claimed once every cluster was seen; not yet: {string.Join(", ", unseen.Take(MostNamed))}{more}. "
            + $"Remove clusters that are gone from the configuration, or set takeover = true for {cluster}";
    }
}
