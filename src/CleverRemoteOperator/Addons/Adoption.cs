namespace CleverRemoteOperator.Addons;

/// <summary>An add-on that a resource takes over instead of creating one.</summary>
/// <param name="Addon">Its id (<c>addon_…</c>), its id at the provider (<c>postgresql_…</c>), or its name.</param>
/// <param name="Policy">What to do when there is no such add-on; null = <see cref="AdoptPolicy.AdoptOnly"/>.</param>
internal sealed record Adoption(string Addon, AdoptPolicy? Policy = null)
{
    /// <summary>Longest text that names an add-on: as the longest name we give, and some more.</summary>
    public const int MaxLength = 300;

    /// <summary>True when a new add-on is created where there is none to take over.</summary>
    public bool MayCreate => Policy == AdoptPolicy.AdoptOrCreate;
}

/// <summary>What to do when there is no such add-on to take over.</summary>
internal enum AdoptPolicy
{
    /// <summary>Say so, and create nothing.</summary>
    AdoptOnly,

    /// <summary>Create one.</summary>
    AdoptOrCreate,
}
