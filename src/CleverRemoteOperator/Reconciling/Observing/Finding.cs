using CleverRemoteOperator.CleverCloud;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>What a live look for a resource's add-on gave.</summary>
/// <param name="Addon">The add-on; null when none or several were found.</param>
/// <param name="Others">Ids, where there are several.</param>
internal sealed record Finding(FindingState State, CleverAddon? Addon = null, IReadOnlyList<string>? Others = null)
{
    /// <summary>True when it was created in this very pass.</summary>
    public bool IsNew { get; init; }

    /// <summary>True when the status names an add-on that is certainly not this resource's: as if it named none.</summary>
    public bool IsHintDisproved { get; init; }

    /// <summary>The add-on the status names, where it now bears another resource's name.</summary>
    public CleverAddon? Taken { get; init; }

    /// <summary>True when so much vanished from the list at once that the list is not believed.</summary>
    public bool IsDoubted { get; init; }

    /// <summary>For how long this attempt's add-on has been looked for in vain.</summary>
    public TimeSpan MissingFor { get; init; }
}

/// <summary>What was found.</summary>
internal enum FindingState
{
    /// <summary>One that is ours.</summary>
    Ours,

    /// <summary>One that is ours under a name this cluster had before.</summary>
    Former,

    /// <summary>One of the reference operator's, which no cluster has claimed.</summary>
    Unclaimed,

    /// <summary>One of another cluster whose resource has the same uid.</summary>
    OtherCluster,

    /// <summary>Several that could be it.</summary>
    Several,

    /// <summary>The one the status names is there, but its name tells nothing: somebody renamed it.</summary>
    Renamed,

    /// <summary>The one the status names now belongs to the cluster that its owner gave it to.</summary>
    HandedOver,

    /// <summary>This process has just deleted it, and seen it gone.</summary>
    Gone,

    /// <summary>The organisation's list was read and holds none.</summary>
    Absent,
}
