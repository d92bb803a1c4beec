using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>Under which names the add-ons of one cluster are owned.</summary>
/// <param name="Name">What the operator's configuration calls the cluster, behind the fleet if there is one.</param>
/// <param name="Formerly">What it was called before.</param>
/// <param name="UsesBareNames">True while add-ons are named as the reference operator names them.</param>
internal sealed record Owner(string Name, IReadOnlyList<string> Formerly, bool UsesBareNames = false)
{
    /// <summary>The name the resource's add-on shall have.</summary>
    public string NameFor(AddonKind kind, AddonResource resource) => UsesBareNames
        ? AddonName.Bare(kind.NameInAddons, resource.Uid)
        : AddonName.Write(kind.NameInAddons, resource.Uid, Name, resource.Namespace, resource.Name);

    /// <summary>Whose the add-on is, seen from this resource: by its live name and provider, and by nothing else.</summary>
    public Ownership Judge(AddonKind kind, AddonResource resource, CleverAddon addon) =>
        JudgeName(kind, resource, addon.Name) is var whose && whose != Ownership.Unknown && addon.ProviderId != kind.ProviderId
            ? Ownership.OtherResource
            : whose;

    /// <summary>As far as its name alone tells.</summary>
    public Ownership JudgeName(AddonKind kind, AddonResource resource, string? text) => AddonName.Read(text) switch
    {
        null => Ownership.Unknown,
        var name when !name.IsOf(kind, resource.Uid) => Ownership.OtherResource,
        { Cluster: null } => Ownership.Unclaimed,
        var name when name.IsIn(Name) => Ownership.Ours,
        var name when Formerly.Any(name.IsIn) => Ownership.Former,
        _ => Ownership.OtherCluster,
    };
}

/// <summary>Whose an add-on is, seen from a resource.</summary>
internal enum Ownership
{
    /// <summary>Kind, uid and cluster agree.</summary>
    Ours,

    /// <summary>Kind and uid agree, and the cluster is one this cluster was called before.</summary>
    Former,

    /// <summary>Kind and uid agree, and no cluster has claimed it: the reference operator made it.</summary>
    Unclaimed,

    /// <summary>Kind and uid agree, but it belongs to another cluster: never read, changed or deleted.</summary>
    OtherCluster,

    /// <summary>Its name tells another kind or uid.</summary>
    OtherResource,

    /// <summary>Its name tells nothing.</summary>
    Unknown,
}
