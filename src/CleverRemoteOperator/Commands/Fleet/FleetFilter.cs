using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Commands.Fleet;

/// <summary>What is looked at.</summary>
/// <param name="Namespace">Null for every namespace that is served.</param>
/// <param name="Kind">Null for all.</param>
internal sealed record FleetFilter(string? Namespace = null, AddonKind? Kind = null)
{
    /// <summary>Whether resources of this type are looked at.</summary>
    public bool Takes(ApiResource type) => Kind is null || AddonCatalog.ByPlural(type.Plural) == Kind;

    /// <summary>The namespaces to look into; null stands for all of a cluster.</summary>
    /// <param name="served">Those of the cluster's definition; <c>*</c> for all.</param>
    public IReadOnlyList<string?> Namespaces(IReadOnlyList<string> served) =>
        served.Contains("*") ? [Namespace]
        : Namespace is null ? [.. served.Distinct(StringComparer.Ordinal)]
        : served.Contains(Namespace) ? [Namespace]
        : [];
}
