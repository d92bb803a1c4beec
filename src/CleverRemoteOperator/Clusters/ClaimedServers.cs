using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// The API servers of the configured clusters, and which of them are one server or copies of one. A server that is configured twice must not
/// have its resources reconciled twice: the cluster configured first is served, the later one is not as long as the first is configured.
/// </summary>
internal sealed class ClaimedServers(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ClusterId, Entry> _entries = [];
    private readonly Dictionary<(ClusterId, ClusterId), ServerVerdict> _verdicts = [];

    /// <summary>Sets the configured clusters, in order; others are forgotten once they have ended.</summary>
    public void Configure(IReadOnlyList<ClusterDefinition> definitions)
    {
        lock (_lock)
        {
            foreach (var entry in _entries.Values)
            {
                entry.Order = null;
            }

            for (var order = 0; order < definitions.Count; order++)
            {
                var entry = EntryOf(definitions[order]);
                (entry.Definition, entry.Order) = (definitions[order], order);
            }

            foreach (var (id, _) in _entries.Where(pair => pair.Value is { Order: null, Live: null }).ToList())
            {
                Forget(id);
            }
        }
    }

    /// <summary>The cluster is connected until the claim is disposed.</summary>
    /// <exception cref="DuplicateClusterException">An earlier cluster has the same server.</exception>
    public void Enter(ServerClaim claim)
    {
        lock (_lock)
        {
            var entry = EntryOf(claim.Definition);
            if (DuplicateOf(entry) is { } first && VerdictOf(entry, first)!.IsAbout(claim.Definition.Fingerprint))
            {
                throw new DuplicateClusterException(claim.Definition, first.Definition);
            }

            entry.Live = claim;
            entry.Facts = (entry.Facts ?? new ServerFacts("")) with { Address = claim.Cluster.Identity };
        }
    }

    /// <summary>An attempt to serve the cluster has ended: the others no longer wait for its first answer.</summary>
    public void Tried(ClusterId id)
    {
        lock (_lock)
        {
            if (_entries.GetValueOrDefault(id) is { } entry)
            {
                entry.IsTried = true;
            }
        }
    }

    /// <summary>Records what its server says about itself.</summary>
    public void Identify(ServerClaim claim, string? kubeSystem)
    {
        lock (_lock)
        {
            var entry = EntryOf(claim.Definition);
            entry.IsTried = true;
            entry.IsIdentified = true;
            Learn(entry, entry.Facts! with { KubeSystem = kubeSystem });
        }
    }

    /// <summary>Records what its Lease says.</summary>
    public void Learn(ServerClaim claim, string? lease, LeaseRecord seen)
    {
        lock (_lock)
        {
            var entry = EntryOf(claim.Definition);
            entry.Noted = seen.Cluster == claim.Definition.OwnerName ? seen.Original : "";
            if (lease is not null && lease != entry.Facts!.Lease)
            {
                Learn(entry, entry.Facts with { Lease = lease });
            }
        }
    }

    /// <summary>All clusters that could have the same resources: those with a namespace in common.</summary>
    public IReadOnlyList<ServerRival> RivalsOf(ServerClaim claim)
    {
        lock (_lock)
        {
            var own = EntryOf(claim.Definition);
            return
            [
                .. _entries.Values
                    .Where(other => other != own && (other.Order is not null || other.Live is not null) && own.Definition.SharedNamespace(other.Definition) is not null)
                    .OrderBy(other => other.Order ?? -1)
                    .Select(other => new ServerRival(
                        other.Definition, IsEarlier(other, own), other.Order is not null, other.Facts?.Differs(own.Facts!) == true, other.IsTried, time.GetElapsedTime(other.Since),
                        other.Live, other.Facts?.Common(own.Facts!), VerdictOf(own, other))),
            ];
        }
    }

    /// <summary>Records whether two clusters are one server. If they are, the later one's loops stop.</summary>
    public void Record(ServerVerdict verdict)
    {
        lock (_lock)
        {
            _verdicts[Key(verdict.Earlier.Definition.Id, verdict.Later.Definition.Id)] = verdict;
        }

        if (verdict.IsSame)
        {
            verdict.Later.Yield();
        }
    }

    /// <summary>The cluster that this one is a copy of; null for none.</summary>
    public ClusterDefinition? OriginalOf(ClusterId id)
    {
        lock (_lock)
        {
            return _entries.GetValueOrDefault(id) is not { Order: not null } own ? null : Earlier(own).FirstOrDefault(other => IsCopy(own, other))?.Definition;
        }
    }

    /// <summary>Whether an earlier cluster has the same server.</summary>
    public bool IsDuplicate(ClusterId id)
    {
        lock (_lock)
        {
            return _entries.GetValueOrDefault(id) is { } own && DuplicateOf(own) is not null;
        }
    }

    /// <summary>The cluster's connection has ended.</summary>
    public void Leave(ServerClaim claim)
    {
        lock (_lock)
        {
            if (_entries.GetValueOrDefault(claim.Definition.Id) is not { } entry)
            {
                return;
            }

            entry.Live = entry.Live == claim ? null : entry.Live;
            if (entry is { Order: null, Live: null })
            {
                Forget(claim.Definition.Id);
            }
        }
    }

    private void Learn(Entry entry, ServerFacts facts)
    {
        entry.Facts = facts;
        foreach (var (id, other) in _entries.Where(pair => pair.Value != entry && pair.Value.Facts?.Common(facts) is null))
        {
            _verdicts.Remove(Key(id, entry.Definition.Id));
        }
    }

    private Entry? DuplicateOf(Entry own) => Earlier(own).FirstOrDefault(other => VerdictOf(own, other) is { IsSame: true });

    // Until the other cluster is seen again, the Lease's note is believed: it can only make the copy more careful.
    private bool IsCopy(Entry own, Entry other) => VerdictOf(own, other) is { } verdict
        ? !verdict.IsSame && own.Facts!.IsOfOneOrigin(other.Facts!)
        : own.Noted == other.Definition.OwnerName && !other.IsIdentified;

    private IEnumerable<Entry> Earlier(Entry own) => _entries.Values.Where(other => other.Order is not null && other != own && IsEarlier(other, own)).OrderBy(other => other.Order);

    // A cluster that is no longer configured comes before all others until it has ended.
    private static bool IsEarlier(Entry one, Entry other) => (one.Order ?? -1) < (other.Order ?? int.MaxValue);

    private ServerVerdict? VerdictOf(Entry one, Entry other) => _verdicts.GetValueOrDefault(Key(one.Definition.Id, other.Definition.Id));

    private Entry EntryOf(ClusterDefinition definition) => _entries.TryGetValue(definition.Id, out var known)
        ? known
        : _entries[definition.Id] = new Entry { Definition = definition, Since = time.GetTimestamp() };

    private void Forget(ClusterId id)
    {
        _entries.Remove(id);
        foreach (var key in _verdicts.Keys.Where(key => key.Item1 == id || key.Item2 == id).ToList())
        {
            _verdicts.Remove(key);
        }
    }

    private static (ClusterId, ClusterId) Key(ClusterId one, ClusterId other) =>
        string.CompareOrdinal(one.Name, other.Name) < 0 ? (one, other) : (other, one);

    /// <summary>A cluster that is configured or has not ended yet.</summary>
    private sealed class Entry
    {
        public required ClusterDefinition Definition { get; set; }

        /// <summary>Since when it is configured.</summary>
        public required long Since { get; init; }

        /// <summary>Its position in the configuration; null when it is no longer configured.</summary>
        public int? Order { get; set; }

        /// <summary>What was last known about its server.</summary>
        public ServerFacts? Facts { get; set; }

        /// <summary>Whether its server was identified by this process.</summary>
        public bool IsIdentified { get; set; }

        /// <summary>Whether a connection was tried.</summary>
        public bool IsTried { get; set; }

        /// <summary>The owner name of the original, according to its Lease.</summary>
        public string Noted { get; set; } = "";

        public ServerClaim? Live { get; set; }
    }
}

/// <summary>Another cluster, compared with the one that claims to be served.</summary>
/// <param name="IsConfigured">False when it is stopping.</param>
/// <param name="IsOther">Whether its server says that it is a different one.</param>
/// <param name="IsTried">Whether a connection was tried.</param>
/// <param name="Age">How long it has been configured.</param>
/// <param name="Live">Its connection; null when there is none.</param>
/// <param name="Common">Why it looks like the same server or a copy; null when it does not.</param>
internal sealed record ServerRival(
    ClusterDefinition Definition, bool IsEarlier, bool IsConfigured, bool IsOther, bool IsTried, TimeSpan Age, ServerClaim? Live, string? Common, ServerVerdict? Verdict);

/// <summary>The result of comparing two connections.</summary>
/// <param name="IsSame">True when they reach one server.</param>
internal sealed record ServerVerdict(ServerClaim Earlier, ServerClaim Later, bool IsSame)
{
    /// <summary>Whether these are the connections compared.</summary>
    public bool IsOf(ServerClaim one, ServerClaim other) => (Earlier == one && Later == other) || (Earlier == other && Later == one);

    /// <summary>Whether one of them had this configuration.</summary>
    public bool IsAbout(string fingerprint) => Earlier.Definition.Fingerprint == fingerprint || Later.Definition.Fingerprint == fingerprint;
}
