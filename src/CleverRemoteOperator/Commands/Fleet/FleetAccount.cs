using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Commands.Fleet;

/// <summary>Credentials for the Clever API, and who is served with them.</summary>
/// <param name="Users"><c>the operator</c>, <c>cluster paris</c>, <c>namespace paris/shop</c>; several with commas.</param>
internal sealed record FleetAccount(CleverCredentials Credentials, string Users)
{
    private const int MostUsers = 4;

    /// <summary>Those of the operator and of the clusters, and what the namespaces' Secrets hold; equal ones once.</summary>
    public static IReadOnlyList<FleetAccount> Of(OperatorConfiguration configuration, IEnumerable<FleetCluster> clusters, IEnumerable<NamespaceAccounts> namespaces)
    {
        IEnumerable<(CleverCredentials? Credentials, string User)> all =
        [
            (configuration.Api, "the operator"),
            .. clusters.Select(cluster => (cluster.Definition?.Options.Api, $"cluster {cluster.Name}")),
            .. namespaces.SelectMany(found => found.Accounts.Select(pair => ((CleverCredentials?)pair.Value, $"namespace {found.Cluster}/{pair.Key}"))),
        ];
        return
        [
            .. from pair in all
               where pair.Credentials is not null
               group pair.User by (pair.Credentials.Digest, pair.Credentials.Organisation) into users
               let credentials = all.First(pair => pair.Credentials is { } one && (one.Digest, one.Organisation) == users.Key).Credentials!
               select new FleetAccount(credentials, Named([.. users])),
        ];
    }

    private static string Named(string[] users) =>
        string.Join(", ", users.Take(MostUsers)) + (users.Length > MostUsers ? $" and {users.Length - MostUsers} more" : "");
}
