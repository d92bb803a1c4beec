namespace CleverRemoteOperator.Credentials;

/// <summary>
/// Which credentials of their own the namespaces of one cluster were served with, by digest, so that their clients leave memory once no
/// namespace needs them. It outlives loops and connections, as the clients do. Thread-safe.
/// </summary>
/// <param name="forget">Told of a digest whose client is of no use for now. One may be made again, and is told of again at the end.</param>
internal sealed class UsedCredentials(Action<string> forget)
{
    /// <summary>More of one namespace are not kept, the oldest goes: its owner could write others without end.</summary>
    public const int MostOfNamespace = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Used> _namespaces = new(StringComparer.Ordinal);

    /// <summary>How many namespaces are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _namespaces.Count;
            }
        }
    }

    /// <summary>The namespace is served with these from now on.</summary>
    /// <param name="digest">Null when it has none of its own any more.</param>
    public void Use(string @namespace, string? digest)
    {
        string? before;
        lock (_lock)
        {
            if (!_namespaces.TryGetValue(@namespace, out var used))
            {
                if (digest is null)
                {
                    return;
                }

                _namespaces[@namespace] = used = new Used();
            }

            before = used.Now;
            used.Now = digest;
            if (digest is not null && !used.All.Contains(digest))
            {
                used.All.AddLast(digest);
                if (used.All.Count > MostOfNamespace)
                {
                    used.All.RemoveFirst();
                }
            }
        }

        if (before is not null && before != digest)
        {
            forget(before);
        }
    }

    /// <summary>The namespace is gone.</summary>
    public void Forget(string @namespace)
    {
        Used? gone;
        lock (_lock)
        {
            _namespaces.Remove(@namespace, out gone);
        }

        foreach (var digest in gone?.All ?? [])
        {
            forget(digest);
        }
    }

    /// <summary>The cluster is gone.</summary>
    public void ForgetAll()
    {
        string[] all;
        lock (_lock)
        {
            all = [.. _namespaces.Keys];
        }

        foreach (var @namespace in all)
        {
            Forget(@namespace);
        }
    }

    private sealed class Used
    {
        public string? Now { get; set; }

        public LinkedList<string> All { get; } = [];
    }
}
