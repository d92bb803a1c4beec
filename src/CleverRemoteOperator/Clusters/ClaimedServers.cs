using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// Which namespaces of which API servers are served, and as which cluster: one resource must not have two workers because its
/// API server was configured twice. Who comes first keeps what it claimed for as long as it serves, or waits to.
/// </summary>
internal sealed class ClaimedServers
{
    private readonly Lock _lock = new();
    private readonly List<Claim> _claims = [];

    /// <summary>Claims the cluster's namespaces of a server.</summary>
    /// <param name="server">What makes a server one: its address and authorities, or the uid of a namespace that lives as long as it does.</param>
    /// <exception cref="DuplicateClusterException">Another cluster has claimed one of them.</exception>
    public void Take(ClusterDefinition definition, string server)
    {
        lock (_lock)
        {
            foreach (var claim in _claims.Where(claim => claim.Server == server && claim.Definition.Id != definition.Id))
            {
                if (Overlap(claim.Definition.Namespaces, definition.Namespaces) is { } shared)
                {
                    throw new DuplicateClusterException(definition, claim.Definition, shared);
                }
            }

            _claims.RemoveAll(claim => claim.Server == server && claim.Definition.Id == definition.Id);
            _claims.Add(new Claim(definition, server));
        }
    }

    /// <summary>Gives back all that was claimed for a cluster.</summary>
    public void Release(ClusterId id)
    {
        lock (_lock)
        {
            _claims.RemoveAll(claim => claim.Definition.Id == id);
        }
    }

    private static string? Overlap(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Concat(other).Where(name => Covers(one, name) && Covers(other, name)).OrderBy(name => name == "*").FirstOrDefault();

    private static bool Covers(IReadOnlyList<string> namespaces, string name) => namespaces.Contains(name) || namespaces.Contains("*");

    private sealed record Claim(ClusterDefinition Definition, string Server);
}

/// <summary>The same API server is configured as two clusters with a namespace in common.</summary>
internal sealed class DuplicateClusterException(ClusterDefinition definition, ClusterDefinition other, string shared) : Exception(
    $"clusters {definition.Id} ({definition.Options.Source}) and {other.Id} ({other.Options.Source}) are the same API server and both name the namespace "
    + $"{shared}: only {other.Id} is served. Remove one of them, or give them different namespaces");
