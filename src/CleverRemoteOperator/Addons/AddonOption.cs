namespace CleverRemoteOperator.Addons;

/// <summary>One field of a spec that becomes a creation option of the Clever API.</summary>
/// <param name="Name">Field name in the spec and, unless it is a service, option name at the API.</param>
/// <param name="Type">What values it takes.</param>
/// <param name="Description">One sentence for CRD and docs.</param>
internal sealed record AddonOption(string Name, AddonOptionType Type, string Description)
{
    /// <summary>Values known when this was written, for docs and messages; the catalogue decides.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>Name of the service in the option <c>services</c> (a JSON text) this flag switches on; absent = an option of its own.</summary>
    public string? Service { get; init; }

    /// <summary>The option <c>version</c>, with the versions known when this was written, at least one.</summary>
    public static AddonOption Version(string oldest, params IReadOnlyList<string> newer) =>
        new("version", AddonOptionType.Version,
            "Version, as text or whole number, with or without dots (\"8.4\" is 84). Default: the provider's own.")
        { Known = [oldest, .. newer] };

    /// <summary>The option <c>encryption</c>.</summary>
    public static AddonOption Encryption { get; } =
        new("encryption", AddonOptionType.Flag, "Whether the data is encrypted at rest. Default: false.");
}

/// <summary>What values a creation option takes.</summary>
internal enum AddonOptionType
{
    /// <summary>A version: text or number, with or without dots.</summary>
    Version,

    /// <summary>true or false.</summary>
    Flag,
}
