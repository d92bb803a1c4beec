using CleverRemoteOperator.Credentials;

namespace CleverRemoteOperator.Reconciling;

/// <summary>
/// The last credentials that served each namespace, by organisation and account. When a namespace is deleted its credentials Secret
/// may go first: the add-ons are then deleted with what is kept here.
/// </summary>
internal sealed class AccountMemory
{
    /// <summary>More of one namespace are not kept, the oldest goes: whoever writes resources there could name organisations without end.</summary>
    public const int MostOfNamespace = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedList<Placement>> _namespaces = new(StringComparer.Ordinal);

    public void Remember(string @namespace, Placement placement)
    {
        lock (_lock)
        {
            if (!_namespaces.TryGetValue(@namespace, out var known))
            {
                _namespaces[@namespace] = known = [];
            }

            if (known.FirstOrDefault(old => IsOf(old, placement.Organisation, placement.Credentials.SourceName, placement.Account)) is { } same)
            {
                known.Remove(same);
            }

            known.AddFirst(placement);
            if (known.Count > MostOfNamespace)
            {
                known.RemoveLast();
            }
        }
    }

    /// <summary>The last credentials of that source and account that served the namespace in the organisation; null when nothing is known of them.</summary>
    /// <param name="source">Null for any.</param>
    /// <param name="account">Null for any.</param>
    public ResolvedCredentials? Recall(string @namespace, string? organisation, string? source, string? account)
    {
        lock (_lock)
        {
            return _namespaces.GetValueOrDefault(@namespace)?.FirstOrDefault(known => organisation is not null && IsOf(known, organisation, source, account))?.Credentials;
        }
    }

    /// <summary>The namespace is gone: drops what was kept of it.</summary>
    public void Forget(string @namespace)
    {
        lock (_lock)
        {
            _namespaces.Remove(@namespace);
        }
    }

    private static bool IsOf(Placement known, string organisation, string? source, string? account) =>
        known.Organisation == organisation && (source is null || known.Credentials.SourceName == source) && (account is null || known.Account == account);
}
