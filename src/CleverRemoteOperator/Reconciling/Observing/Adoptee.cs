using CleverRemoteOperator.CleverCloud;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>What a live look for the add-on that a resource names to take over gave.</summary>
/// <param name="Addon">The add-on; null when there is none, or several of that name.</param>
/// <param name="Others">Ids, where several have the name.</param>
/// <param name="Holder">Whose it is; null when its name tells no resource.</param>
internal sealed record Adoptee(CleverAddon? Addon, IReadOnlyList<string>? Others = null, Holder? Holder = null)
{
    /// <summary>For how long it was looked for in vain.</summary>
    public TimeSpan MissingFor { get; init; }
}

/// <summary>The resource that an add-on's name tells, as far as this process can see it.</summary>
/// <param name="Uid">As the add-on's name has it.</param>
/// <param name="Cluster">Cluster it lives in, or should; empty when the name tells none and none has it.</param>
/// <param name="Place">Its namespace and name, as it was seen or as the add-on's name tells; null when neither tells.</param>
internal sealed record Holder(HolderState State, string Uid, string Cluster, (string Namespace, string Name)? Place)
{
    /// <summary>Whom a living resource gives its add-on to: <c>cluster</c> or <c>cluster/namespace</c>; null for nobody.</summary>
    public string? HandsOverTo { get; init; }

    /// <summary>Why it cannot be seen; empty when it can.</summary>
    public string Problem { get; init; } = "";

    /// <summary>True when it gives its add-on to a resource of that cluster and namespace. A cluster alone means the same namespace there.</summary>
    public bool ConsentsTo(string cluster, string @namespace) =>
        HandsOverTo is { } to && (to == $"{cluster}/{@namespace}" || (to == cluster && Place?.Namespace == @namespace));
}

/// <summary>Whether the resource that has an add-on is still there.</summary>
internal enum HolderState
{
    /// <summary>It is there, read live.</summary>
    Living,

    /// <summary>Its cluster was asked, and has no such resource.</summary>
    Gone,

    /// <summary>Its cluster cannot be asked.</summary>
    Unseen,
}
