using System.Collections.Concurrent;
using CleverRemoteOperator.Credentials;

namespace CleverRemoteOperator.Reconciling;

/// <summary>
/// The last credentials that served each namespace and organisation. When a namespace is deleted its credentials Secret may go first:
/// the add-ons are then deleted with what is kept here.
/// </summary>
internal sealed class AccountMemory
{
    private readonly ConcurrentDictionary<(string Namespace, string Organisation), ResolvedCredentials> _accounts = new();

    public void Remember(string @namespace, string organisation, ResolvedCredentials credentials) =>
        _accounts[(@namespace, organisation)] = credentials;

    /// <summary>Credentials of that source that served the namespace in the organisation; null when nothing is known of them.</summary>
    public ResolvedCredentials? Recall(string @namespace, string? organisation, string? source) =>
        organisation is not null && _accounts.TryGetValue((@namespace, organisation), out var known)
        && (source is null || known.SourceName == source)
            ? known
            : null;
}
