namespace CleverRemoteOperator.Watching;

/// <summary>
/// Who may keep how many bytes: the process has some, its clusters share them, and the namespaces of a cluster share the cluster's.
/// Half of what there is belongs to all members in equal parts, so that nobody can take another's; the other half is for whoever
/// comes first, a member at most a quarter of it.
/// </summary>
internal sealed class MemoryShare : IDisposable
{
    private const int LooksPart = 16;

    private readonly Lock _lock;
    private readonly MemoryShare? _of;
    private readonly string _name;
    private readonly long _total;
    private readonly int _fewest;

    // None for a namespace, of which there may be very many.
    private Dictionary<string, MemoryShare>? _members;
    private long _used;
    private long _beyond;
    private int _looks;

    /// <summary>The share of the process.</summary>
    /// <param name="total">Bytes that may be kept in all.</param>
    public MemoryShare(long total) => (_lock, _name, _total, _fewest) = (new Lock(), "the process", total, 1);

    private MemoryShare(MemoryShare of, string name, int fewest) => (_lock, _of, _name, _fewest) = (of._lock, of, name, fewest);

    /// <summary>Bytes kept now.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>The most that may be kept; changes as members come and go.</summary>
    public long Limit
    {
        get
        {
            lock (_lock)
            {
                return LimitNow;
            }
        }
    }

    private Dictionary<string, MemoryShare> Known => _members ??= new(StringComparer.Ordinal);

    private long LimitNow => _of is null ? _total : _of.Assured + (_of.Common / 4);

    private long Common => LimitNow - (Assured * Members);

    private long Assured => IsForOne ? LimitNow : LimitNow / 2 / Members;

    private int Members => Math.Max(_members?.Count ?? 0, _fewest);

    // The one namespace that is served of a cluster shares with nobody.
    private bool IsForOne => _of is not null && Members == 1;

    /// <summary>A member, known from now on.</summary>
    /// <param name="fewest">So many members it will have itself at least: none may take the part of those that are yet to come.</param>
    public MemoryShare Join(string name, int fewest)
    {
        lock (_lock)
        {
            return Known[name] = new MemoryShare(this, name, Math.Max(1, fewest));
        }
    }

    /// <summary>It takes part no more, and keeps nothing.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            ClearNow();
            if (_of?.Known.GetValueOrDefault(_name) == this)
            {
                _of.Known.Remove(_name);
            }
        }
    }

    /// <summary>Nothing is kept any more.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            ClearNow();
        }
    }

    /// <summary>Takes so many bytes more for a member.</summary>
    /// <returns>Null when they are taken; else whose share they are beyond, for people, and nothing was taken.</returns>
    public string? Take(string member, long bytes)
    {
        lock (_lock)
        {
            var share = Member(member);
            if (bytes > 0 && share.Full(bytes) is { } full)
            {
                DropEmpty(share);
                return $"OverShare: {(full == this ? "the cluster" : full == share ? $"namespace {member}" : full._name)} may keep {full.LimitNow / 1024} KiB in memory; the rest is not served. Use fewer or smaller objects there";
            }

            share.Add(bytes);
            DropEmpty(share);
            return null;
        }
    }

    /// <summary>Takes so many bytes whatever the limits; negative to give them back.</summary>
    public void Force(string member, long bytes)
    {
        lock (_lock)
        {
            var share = Member(member);
            share.Add(bytes);
            DropEmpty(share);
        }
    }

    /// <summary>Whether so many bytes more could be taken for a member now.</summary>
    public bool HasRoom(string member, long bytes)
    {
        lock (_lock)
        {
            var share = Member(member);
            var has = share.Full(bytes) is null;
            DropEmpty(share);
            return has;
        }
    }

    private MemoryShare Member(string name) =>
        Known.TryGetValue(name, out var known) ? known : Known[name] = new MemoryShare(this, name, 1);

    private void DropEmpty(MemoryShare member)
    {
        if (member._used <= 0)
        {
            Known.Remove(member._name);
        }
    }

    // Whose limit so many bytes more would break: its own, or that of one it is part of.
    private MemoryShare? Full(long bytes)
    {
        if (_of is null)
        {
            return _used + bytes > _total ? this : null;
        }

        var after = _used + bytes;
        var assured = _of.Assured;
        if (after > LimitNow)
        {
            return this;
        }

        return after > assured && _of.Beyond(assured) + bytes > _of.Common ? _of : _of.Full(bytes);
    }

    // What members have beyond what each can count on. There may be tens of thousands of them: it is not added up each time, and until
    // it is again, all that is taken counts as beyond.
    private long Beyond(long assured)
    {
        if (_looks-- <= 0)
        {
            _looks = Known.Count / LooksPart;
            _beyond = 0;
            foreach (var member in Known.Values)
            {
                _beyond += Math.Max(0, member._used - assured);
            }
        }

        return _beyond;
    }

    private void Add(long bytes)
    {
        for (var share = this; share is not null; share = share._of)
        {
            share._used += bytes;
            share._beyond += Math.Max(0, bytes);
        }
    }

    private void ClearNow()
    {
        Add(-_used);
        _members?.Clear();
    }
}
