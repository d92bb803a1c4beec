using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Configuration;
using k8s.Models;

namespace CleverRemoteOperator.Commands.Rbac;

/// <summary>Writes <see cref="RbacRules"/> as manifests for one identity, with the reason above each rule.</summary>
/// <param name="MayListSecrets">See <see cref="RbacRules.InServedNamespaces"/>.</param>
internal sealed record RbacManifest(bool MayListSecrets = true)
{
    /// <summary>Namespace of the identity, and where the operator itself runs when it runs in a cluster.</summary>
    public const string SystemNamespace = $"{OperatorNames.Reference}-system";

    /// <summary>Name of the identity, and of its roles and bindings.</summary>
    public const string Name = OperatorNames.Own;

    private const string Version = V1Role.KubeGroup + "/" + V1Role.KubeApiVersion;

    /// <summary>Identity, ClusterRole and binding for every namespace, and the Role for the Lease.</summary>
    public string ClusterWide(string leaseNamespace) => string.Concat(
        Identity(),
        Grant(Name, null, RbacRules.InServedNamespaces(MayListSecrets).Concat(RbacRules.InCluster())),
        Grant($"{Name}-lease", leaseNamespace, RbacRules.InLeaseNamespace()));

    /// <summary>Identity, a Role and binding for each namespace, the right to read our definitions, and the Role for the Lease.</summary>
    public string PerNamespace(IReadOnlyList<string> namespaces, string leaseNamespace) => string.Concat(
        Identity(),
        string.Concat(namespaces.Select(@namespace => Grant(Name, @namespace, RbacRules.InServedNamespaces(MayListSecrets)))),
        Grant($"{Name}-definitions", null, [RbacRules.OfDefinitions()]),
        Grant($"{Name}-lease", leaseNamespace, RbacRules.InLeaseNamespace()));

    /// <summary>What <c>spec.secret.restart</c> needs in addition, for the same identity: in these namespaces, or in all.</summary>
    public static string Restart(IReadOnlyList<string> namespaces) => namespaces.Count > 0
        ? string.Concat(namespaces.Select(@namespace => Grant($"{Name}-restart", @namespace, RbacRules.OfRestart())))
        : Grant($"{Name}-restart", null, RbacRules.OfRestart());

    /// <summary>A ClusterRole that Service Binding implementations take into theirs, by its label: they may read our resources. The operator itself needs none of it.</summary>
    public static string ServiceBinding()
    {
        List<RbacRule> rules = [.. RbacRules.OfServiceBinding()];
        return Text(
            new V1ClusterRole
            {
                ApiVersion = Version,
                Kind = V1ClusterRole.KubeKind,
                Metadata = new() { Name = $"{Name}-service-binding", Labels = new Dictionary<string, string> { ["servicebinding.io/controller"] = "true" } },
                Rules = [.. rules.Select(rule => rule.Rule)],
            },
            RbacModels.Default.V1ClusterRole,
            rules);
    }

    /// <summary>Roles and bindings with those rights alone, for whoever we are there.</summary>
    /// <param name="user">As the API server calls us; null for the operator's own service account.</param>
    public static string Missing(IReadOnlyList<Right> rights, string? user) => string.Concat(
        from right in rights
        group right by right.Namespace into inNamespace
        select Grant($"{Name}-missing", inNamespace.Key, [.. inNamespace.GroupBy(right => (right.Why, right.Group, right.Name is null)).Select(RuleOf)], SubjectOf(user)));

    // Whatever of one rule is missing: never more than the rule itself grants.
    private static RbacRule RuleOf(IGrouping<(string Why, string Group, bool IsForAny), Right> rights)
    {
        return new(rights.Key.Why, rights.Key.Group, Each(right => right.Resource), Each(right => right.Verb), rights.Key.IsForAny ? [] : Each(right => right.Name!));

        string[] Each(Func<Right, string> part) => [.. rights.Select(part).Distinct(StringComparer.Ordinal)];
    }

    private static Rbacv1Subject SubjectOf(string? user) => user?.Split(':') switch
    {
        null => Own,
        ["system", "serviceaccount", var @namespace, var name] => new() { Kind = V1ServiceAccount.KubeKind, Name = name, NamespaceProperty = @namespace },
        _ => new() { ApiGroup = V1Role.KubeGroup, Kind = "User", Name = user },
    };

    private static Rbacv1Subject Own => new() { Kind = V1ServiceAccount.KubeKind, Name = Name, NamespaceProperty = SystemNamespace };

    private static string Identity() =>
        Text(new V1Namespace { ApiVersion = "v1", Kind = V1Namespace.KubeKind, Metadata = new() { Name = SystemNamespace } }, RbacModels.Default.V1Namespace)
        + Text(
            new V1ServiceAccount { ApiVersion = "v1", Kind = V1ServiceAccount.KubeKind, Metadata = new() { Name = Name, NamespaceProperty = SystemNamespace } },
            RbacModels.Default.V1ServiceAccount);

    // A role and its binding, in one namespace or for the whole cluster.
    private static string Grant(string name, string? @namespace, IEnumerable<RbacRule> rules, Rbacv1Subject? subject = null)
    {
        List<RbacRule> granted = [.. rules];
        V1ObjectMeta metadata = new() { Name = name, NamespaceProperty = @namespace };
        List<V1PolicyRule> policies = [.. granted.Select(rule => rule.Rule)];
        List<Rbacv1Subject> subjects = [subject ?? Own];
        V1RoleRef role = new() { ApiGroup = V1Role.KubeGroup, Kind = @namespace is null ? V1ClusterRole.KubeKind : V1Role.KubeKind, Name = name };
        return @namespace is null
            ? Text(new V1ClusterRole { ApiVersion = Version, Kind = role.Kind, Metadata = metadata, Rules = policies }, RbacModels.Default.V1ClusterRole, granted)
                + Text(
                    new V1ClusterRoleBinding { ApiVersion = Version, Kind = V1ClusterRoleBinding.KubeKind, Metadata = metadata, RoleRef = role, Subjects = subjects },
                    RbacModels.Default.V1ClusterRoleBinding)
            : Text(new V1Role { ApiVersion = Version, Kind = role.Kind, Metadata = metadata, Rules = policies }, RbacModels.Default.V1Role, granted)
                + Text(
                    new V1RoleBinding { ApiVersion = Version, Kind = V1RoleBinding.KubeKind, Metadata = metadata, RoleRef = role, Subjects = subjects },
                    RbacModels.Default.V1RoleBinding);
    }

    private static string Text<T>(T model, JsonTypeInfo<T> type, IReadOnlyList<RbacRule>? rules = null)
    {
        var manifest = JsonSerializer.SerializeToNode(model, type)!;
        var comments = (manifest["rules"] as JsonArray)?.Zip(rules ?? []).ToDictionary(pair => pair.First!, pair => pair.Second.Why);
        // The emitter indents a list only once its first item, and so after the first comment.
        return "---\n" + YamlWriter.Write(manifest, comments).Replace("rules:\n# ", "rules:\n  # ", StringComparison.Ordinal);
    }
}
