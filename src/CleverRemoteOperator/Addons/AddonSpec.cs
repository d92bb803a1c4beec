using CleverRemoteOperator.Addons.Secrets;

namespace CleverRemoteOperator.Addons;

/// <summary>What a resource asks for, read from either layout of its <c>spec</c>. Values are as written; the catalogue resolves them.</summary>
/// <param name="Layout">Which layout was used: it decides the connection Secret's name.</param>
/// <param name="Organisation">Organisation the add-on belongs to; absent = that of the credentials.</param>
/// <param name="Plan">Plan slug, name, id or bare size; absent only for kinds with a fixed plan.</param>
/// <param name="Region">Region code; absent only for kinds with a fixed region.</param>
/// <param name="Version">Version with or without dots, as written ("7.0.4", "704", "14"); absent = the provider's default.</param>
/// <param name="Options">Creation options besides the version, as the Clever API wants them (text to text).</param>
/// <param name="Variables">Variables of a ConfigProvider; empty for other kinds.</param>
internal sealed record AddonSpec(
    SpecLayout Layout,
    string? Organisation,
    string? Plan,
    string? Region,
    string? Version,
    IReadOnlyDictionary<string, string> Options,
    IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>The switches that the spec sets, by their names in it; one it does not mention is not among them.</summary>
    public IReadOnlyDictionary<string, bool> Flags { get; init; } = new Dictionary<string, bool>();

    /// <summary>Which of plan, region and version may be changed at Clever Cloud without a word.</summary>
    public IReadOnlyList<string> IgnoresDrift { get; init; } = [];

    /// <summary>The add-on to take over; null when one is to be created.</summary>
    public Adoption? Adoption { get; init; }

    /// <summary>What is said about the connection Secret.</summary>
    public SecretShape Secret { get; init; } = SecretShape.Default;

    /// <summary>What is said about the end of the add-on.</summary>
    public AddonPolicies Policies { get; init; } = AddonPolicies.None;
}

/// <summary>The two layouts of a <c>spec</c>.</summary>
internal enum SpecLayout
{
    /// <summary>As on the product page: the connection Secret is named like the resource.</summary>
    Flat,

    /// <summary>As the reference operator has it (<c>options</c>, <c>instance</c>): the connection Secret is <c>NAME-secrets</c>.</summary>
    Nested,
}

/// <summary>What reading a <c>spec</c> gave: the spec, or every mistake in it, each with its field and what is allowed.</summary>
internal sealed record AddonSpecResult(AddonSpec? Spec, IReadOnlyList<string> Mistakes);
