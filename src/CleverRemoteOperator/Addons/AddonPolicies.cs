namespace CleverRemoteOperator.Addons;

/// <summary>What a resource's owner, or a default, says about the end of its add-on. Absent values are left to the next wider default.</summary>
/// <param name="Deletion">What a deletion of the resource does to the add-on.</param>
/// <param name="Protection">True while a deletion of the resource must wait.</param>
/// <param name="OnMissing">What to do when the add-on has vanished at Clever Cloud.</param>
/// <param name="Drift">What to do when the add-on was changed at Clever Cloud.</param>
/// <param name="Management">How much the operator may do with the add-on.</param>
internal sealed record AddonPolicies(
    DeletionPolicy? Deletion = null, bool? Protection = null, OnMissing? OnMissing = null, ManagementPolicy? Management = null, DriftPolicy? Drift = null)
{
    /// <summary>Nothing is said.</summary>
    public static AddonPolicies None { get; } = new();

    /// <summary>What holds for an add-on that was taken over and not created: it stays.</summary>
    public static AddonPolicies OfAdopted { get; } = new(DeletionPolicy.Retain);

    /// <summary>True when the add-on outlives its resource.</summary>
    public bool KeepsAddon => Deletion == DeletionPolicy.Retain || Management == ManagementPolicy.ObserveOnly;

    /// <summary>These, and where they say nothing the wider ones.</summary>
    public AddonPolicies Or(AddonPolicies wider) => new(
        Deletion ?? wider.Deletion, Protection ?? wider.Protection, OnMissing ?? wider.OnMissing, Management ?? wider.Management, Drift ?? wider.Drift);

    /// <summary>Names of the values both give, and give differently.</summary>
    public IEnumerable<string> Contradictions(AddonPolicies other)
    {
        if (Deletion is not null && other.Deletion is not null && Deletion != other.Deletion)
        {
            yield return "deletionPolicy";
        }

        if (Protection is not null && other.Protection is not null && Protection != other.Protection)
        {
            yield return "deletionProtection";
        }

        if (OnMissing is not null && other.OnMissing is not null && OnMissing != other.OnMissing)
        {
            yield return "onMissing";
        }

        if (Management is not null && other.Management is not null && Management != other.Management)
        {
            yield return "managementPolicy";
        }

        if (Drift is not null && other.Drift is not null && Drift != other.Drift)
        {
            yield return "driftPolicy";
        }
    }
}

/// <summary>What to do when an add-on was changed at Clever Cloud.</summary>
internal enum DriftPolicy
{
    /// <summary>Say so.</summary>
    Report,

    /// <summary>Migrate it back to what the spec asks for.</summary>
    Correct,
}

/// <summary>How much the operator may do with an add-on.</summary>
internal enum ManagementPolicy
{
    /// <summary>All that the spec asks for.</summary>
    Full,

    /// <summary>Create and delete it, and never change it.</summary>
    NoUpdate,

    /// <summary>Nothing at Clever Cloud: what is there is shown, and its Secret written.</summary>
    ObserveOnly,
}

/// <summary>What to do when an add-on has vanished at Clever Cloud.</summary>
internal enum OnMissing
{
    /// <summary>Say so, and create nothing: an empty database is a lost database.</summary>
    Report,

    /// <summary>Create an empty one, as for a cache.</summary>
    Recreate,
}
