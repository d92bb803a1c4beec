using System.Collections.Concurrent;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Reconciling.Remembering;

/// <summary>
/// What this process remembers of one cluster's namespaces: the accounts that served each, since its credentials Secret may go before
/// its resources; when it last had such a Secret; and what it was last seen to be.
/// </summary>
internal sealed class NamespaceMemory(TimeProvider time)
{
    /// <summary>More accounts of one namespace are not kept, the oldest goes: whoever writes resources there could name organisations without end.</summary>
    public const int MostAccounts = 64;

    // Longer than any grace for credentials that went.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);

    public int Count => _known.Count;

    /// <summary>About how many bytes are kept.</summary>
    public long Bytes => _known.Sum(entry => 300L + (entry.Value.Count * 200L));

    /// <summary>Keeps the account that serves the namespace.</summary>
    public void Remember(string @namespace, Account account)
    {
        var entry = Of(@namespace);
        entry.Remember(account);
        if (account.Credentials.Source == CredentialSource.Namespace)
        {
            entry.HadOwnCredentialsAt = time.GetTimestamp();
        }
    }

    /// <summary>The last account of that source and id that served the namespace in the organisation; null when nothing is known of one.</summary>
    public Account? Recall(string @namespace, Func<Account, bool> isMeant) => _known.GetValueOrDefault(@namespace)?.Recall(isMeant);

    /// <summary>The namespace has a Secret with credentials now.</summary>
    public void SawOwnCredentials(string @namespace) => Of(@namespace).HadOwnCredentialsAt = time.GetTimestamp();

    /// <summary>How long ago it was last seen to have a Secret with credentials; null when it never was.</summary>
    public TimeSpan? SinceOwnCredentials(string @namespace) =>
        _known.GetValueOrDefault(@namespace)?.HadOwnCredentialsAt is { } at ? time.GetElapsedTime(at) : null;

    /// <summary>Keeps what a live look showed of the namespace.</summary>
    /// <param name="at">Timestamp of when the look began.</param>
    public void Saw(string @namespace, NamespaceMetadata seen, long at) => Of(@namespace).Seen = (seen, at);

    /// <summary>What the last live look showed, and when it began; null when there was none.</summary>
    public (NamespaceMetadata What, long At)? Seen(string @namespace) => _known.GetValueOrDefault(@namespace)?.Seen;

    /// <summary>The namespace is gone: no token of it stays. That it had credentials a moment ago is remembered some minutes longer.</summary>
    public void Forget(string @namespace)
    {
        _known.GetValueOrDefault(@namespace)?.Clear();
        foreach (var entry in _known.Where(entry => entry.Value.Count == 0 && !(entry.Value.HadOwnCredentialsAt is { } at && time.GetElapsedTime(at) < Longest)))
        {
            _known.TryRemove(entry);
        }
    }

    private Entry Of(string @namespace) => _known.GetOrAdd(@namespace, _ => new Entry());

    private sealed class Entry
    {
        private readonly Lock _lock = new();
        private readonly LinkedList<Account> _accounts = [];

        public long? HadOwnCredentialsAt { get; set; }

        public (NamespaceMetadata What, long At)? Seen { get; set; }

        public int Count => _accounts.Count;

        public void Remember(Account account)
        {
            lock (_lock)
            {
                if (_accounts.FirstOrDefault(known => known.IsSameAs(account)) is { } same)
                {
                    _accounts.Remove(same);
                }

                _accounts.AddFirst(account);
                if (_accounts.Count > MostAccounts)
                {
                    _accounts.RemoveLast();
                }
            }
        }

        public void Clear()
        {
            lock (_lock)
            {
                _accounts.Clear();
            }
        }

        public Account? Recall(Func<Account, bool> isMeant)
        {
            lock (_lock)
            {
                return _accounts.FirstOrDefault(isMeant);
            }
        }
    }
}
