namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>An add-on as the sandbox keeps it; a change makes a new one.</summary>
internal sealed record Addon
{
    /// <summary><c>addon_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The provider's own id, such as <c>postgresql_…</c>.</summary>
    public required string RealId { get; init; }

    /// <summary>The organisation or personal space it belongs to.</summary>
    public required string OwnerId { get; init; }

    public required string Name { get; init; }

    public required string ProviderId { get; init; }

    public required string PlanId { get; init; }

    public required string Region { get; init; }

    /// <summary>Null for a provider without versions.</summary>
    public string? Version { get; init; }

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What a config provider's user has put in.</summary>
    public IReadOnlyList<Variable> Variables { get; init; } = [];

    /// <summary>Values of the environment somebody set by hand; null takes a variable away. A migration forgets them.</summary>
    public IReadOnlyDictionary<string, string?> EnvironmentChanges { get; init; } = new Dictionary<string, string?>();

    /// <summary>Names of the users that may only read.</summary>
    public IReadOnlyList<string> ReadOnlyUsers { get; init; } = [];

    /// <summary>When the backups there are were made; null = one for each day of its life.</summary>
    public IReadOnlyList<DateTimeOffset>? Backups { get; init; }

    /// <summary>The status its provider tells; null = what the catalogue says.</summary>
    public string? Status { get; init; }

    /// <summary>All generated values come from it; a migration changes it, and with it host, port, user and password.</summary>
    public required string Seed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool HasId(string id) => Id == id || RealId == id;
}

/// <summary>One variable of an environment.</summary>
internal sealed record Variable(string Name, string Value);
