namespace CleverRemoteOperator.CleverCloud;

/// <summary>What a provider tells of its own add-on, as far as it is no secret; what it does not tell is absent or empty.</summary>
internal sealed record CleverAddonDetail
{
    /// <summary><c>ACTIVE</c>, <c>TO_DELETE</c>, <c>PROVISIONING</c> … in the provider's own word.</summary>
    public string? Status { get; init; }

    public string? Version { get; init; }

    public string? Plan { get; init; }

    public string? Host { get; init; }

    public int? Port { get; init; }

    /// <summary>Where people find it.</summary>
    public string? AccessUrl { get; init; }

    /// <summary>What it could be updated to.</summary>
    public IReadOnlyList<string> AvailableVersions { get; init; } = [];

    /// <summary>Options of its creation, and whether they are on.</summary>
    public IReadOnlyDictionary<string, bool> Features { get; init; } = new Dictionary<string, bool>();

    /// <summary>Ids of what it is made of, by what they are to it.</summary>
    public IReadOnlyDictionary<string, string> Resources { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of users that may only read: a migration loses them, except PostgreSQL's.</summary>
    public IReadOnlyList<string> ReadOnlyUsers { get; init; } = [];
}

/// <summary>Versions of an add-on that can be updated.</summary>
internal sealed record CleverVersionCheck(string? Installed, IReadOnlyList<string> Available, string? Latest, bool NeedsUpdate);

/// <summary>A backup; where it can be had is a secret and is not kept.</summary>
/// <param name="DeleteAt">When it goes by itself.</param>
internal sealed record CleverBackup(string Id, string? Status, DateTimeOffset? CreatedAt, DateTimeOffset? DeleteAt);
