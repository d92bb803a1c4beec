using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>What the configuration says for the resources of one cluster, the operator's defaults filled in.</summary>
/// <param name="AllowedOrganisations">Empty = any.</param>
/// <param name="RequiresNamespaceCredentials">True when only a namespace's own credentials serve it.</param>
/// <param name="CredentialsGrace">How long after a namespace lost its own credentials nothing is created there with others.</param>
/// <param name="CreationWindow">How long a list must go on without an add-on whose creation got no answer before it is created again.</param>
/// <param name="MaxDeletions">Deletions of one namespace in ten minutes, for messages.</param>
/// <param name="MaxClusterDeletions">Deletions of one cluster in ten minutes, for messages.</param>
internal sealed record Rules(
    AddonPolicies Policies,
    IReadOnlyList<string> AllowedOrganisations,
    bool RequiresNamespaceCredentials,
    TimeSpan CredentialsGrace,
    TimeSpan CreationWindow,
    int MaxDeletions,
    int MaxClusterDeletions)
{
    private static readonly TimeSpan ShortestMemory = TimeSpan.FromHours(1);

    /// <summary>How often the environment of an add-on in order is read again.</summary>
    public TimeSpan EnvironmentRefresh { get; init; } = TimeSpan.FromHours(1);

    /// <summary>True while nothing is to be done for the cluster's resources.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Namespaces, <c>*</c> for all, that may take add-ons over with credentials that are not their own.</summary>
    public IReadOnlyList<string> AllowAdoption { get; init; } = [];

    /// <summary>How long a resource that no pass looks at is remembered: several resyncs, for those that are gone unseen.</summary>
    public TimeSpan ForgetAfter { get; init; } = ShortestMemory;

    /// <summary>The rules of a cluster; null for the operator's own.</summary>
    public static Rules Of(OperatorOptions options, ClusterOptions? cluster) => new(
        new AddonPolicies(
            cluster?.DeletionPolicy ?? options.DeletionPolicy, cluster?.DeletionProtection ?? options.DeletionProtection, OnMissing.Report),
        cluster?.AllowedOrganisations ?? options.AllowedOrganisations,
        cluster?.RequireNamespaceCredentials ?? options.RequireNamespaceCredentials,
        options.CredentialsGrace,
        options.CreationWindow,
        options.MaxDeletions,
        options.MaxClusterDeletions)
    {
        EnvironmentRefresh = options.EnvironmentRefresh,
        IsPaused = cluster?.Paused == true,
        AllowAdoption = cluster?.AllowAdoption ?? options.AllowAdoption,
        ForgetAfter = options.Resync * 3 > ShortestMemory ? options.Resync * 3 : ShortestMemory,
    };

    public bool AllowsAdoption(string @namespace) => AllowAdoption.Contains("*", StringComparer.Ordinal) || AllowAdoption.Contains(@namespace, StringComparer.Ordinal);

    public bool Allows(string organisation) => AllowedOrganisations.Count == 0 || AllowedOrganisations.Contains(organisation, StringComparer.Ordinal);
}
