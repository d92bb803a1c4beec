using CleverRemoteOperator.Clusters;

namespace CleverRemoteOperator.Commands.Rbac;

/// <summary>One verb on one type of object.</summary>
/// <param name="Resource">Plural, with a part of it behind a slash: <c>redis/status</c>.</param>
/// <param name="Namespace">Null for all.</param>
/// <param name="Name">Name of the only object it is about; null for any.</param>
/// <param name="Why">What it is needed for.</param>
internal sealed record Right(string Verb, string Group, string Resource, string? Namespace, string? Name, string Why)
{
    /// <summary>Whether the operator does without it, less well: each such rule says how.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Every right the operator uses in a cluster, as <see cref="RbacRules"/> has them.</summary>
    /// <param name="isServed">Whether the cluster serves a plural of a group: of a definition that is not there no right is needed.</param>
    public static IReadOnlyList<Right> Needed(ClusterDefinition cluster, string? leaseNamespace, Func<string, string, bool> isServed)
    {
        var isWhole = cluster.Namespaces.Contains("*");
        IReadOnlyList<string?> namespaces = isWhole ? [null] : [.. cluster.Namespaces];
        List<Right> rights = [.. namespaces.SelectMany(name => RbacRules.InServedNamespaces(mayListSecrets: true).SelectMany(rule => Of(rule, name)))];
        rights.AddRange((isWhole ? RbacRules.InCluster() : [RbacRules.OfDefinitions()]).SelectMany(rule => Of(rule, null)).Select(right => right with { IsOptional = true }));
        if (leaseNamespace is not null)
        {
            rights.AddRange(RbacRules.InLeaseNamespace().SelectMany(rule => Of(rule, leaseNamespace)));
        }

        return [.. rights.Where(right => IsAsked(right, isServed)).DistinctBy(right => (right.Verb, right.Group, right.Resource, right.Namespace, right.Name))];
    }

    /// <summary><c>patch redis.api.clever-cloud.com in namespace shop</c>.</summary>
    public override string ToString() =>
        $"{Verb} {Resource}{(Group.Length == 0 ? "" : "." + Group)}{(Name is null ? "" : " " + Name)}{(Namespace is null ? "" : $" in namespace {Namespace}")}";

    // Our own types carry their group; a rule for a definition names it.
    private static bool IsAsked(Right right, Func<string, string, bool> isServed) => right switch
    {
        { Group: "apiextensions.k8s.io", Name: { } name } => name.Split('.', 2) is [var plural, var group] && isServed(plural, group),
        _ when Addons.AddonCatalog.ByPlural(right.Resource.Split('/')[0]) is { } kind && kind.Groups.Contains(right.Group) => isServed(kind.Plural, right.Group),
        _ => true,
    };

    private static IEnumerable<Right> Of(RbacRule rule, string? @namespace) =>
        from resource in rule.Rule.Resources
        from verb in rule.Rule.Verbs
        from name in (IEnumerable<string?>?)rule.Rule.ResourceNames ?? [null]
        select new Right(verb, rule.Rule.ApiGroups[0], resource, @namespace, name, rule.Why)
        {
            IsOptional = resource.EndsWith("/finalizers", StringComparison.Ordinal) || (resource == "secrets" && verb is "list" or "watch"),
        };
}
