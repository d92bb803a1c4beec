namespace CleverRemoteOperator.Commands.Fleet;

/// <summary>A cluster as it was seen.</summary>
/// <param name="Reason">Why it could not be looked at, or not wholly, in one word; null when it was.</param>
/// <param name="Message">The same in a sentence; null when it was.</param>
/// <param name="Resources">Of the namespaces that are served.</param>
internal sealed record ClusterView(string Name, string? Reason, string? Message, IReadOnlyList<ResourceView> Resources)
{
    /// <summary>Reason of a cluster that answers and lets us see everything, and has no definition of ours.</summary>
    public const string NoDefinitions = "NoDefinitions";

    /// <summary>True when nothing of it could be looked at.</summary>
    public bool IsUnseen { get; init; }

    /// <summary>True when something of it could not be looked at: nothing may be concluded from what is not there.</summary>
    public bool IsIncomplete => Reason is not (null or NoDefinitions);

    public int ReadyCount => Resources.Count(resource => resource.IsReady);
}
