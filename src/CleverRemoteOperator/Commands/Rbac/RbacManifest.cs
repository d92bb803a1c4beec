using System.Text;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Commands.Rbac;

/// <summary>Writes <see cref="RbacRules"/> as manifests for one identity, with the reason above each rule.</summary>
/// <param name="MayListSecrets">See <see cref="RbacRules.InServedNamespaces"/>.</param>
internal sealed record RbacManifest(bool MayListSecrets = true)
{
    /// <summary>Namespace of the identity, and where the operator itself runs when it runs in a cluster.</summary>
    public const string SystemNamespace = $"{OperatorNames.Reference}-system";

    /// <summary>Name of the identity, and of its roles and bindings.</summary>
    public const string Name = OperatorNames.Own;

    /// <summary>Identity, ClusterRole and binding for every namespace, and the Role for the Lease.</summary>
    public string ClusterWide(string leaseNamespace) => string.Concat(
        Identity(),
        Role("ClusterRole", null, Name, RbacRules.InServedNamespaces(MayListSecrets).Concat(RbacRules.InCluster())),
        Binding("ClusterRoleBinding", "ClusterRole", null, Name),
        LeaseRole(leaseNamespace));

    /// <summary>Identity, a Role and binding for each namespace, the right to read our definitions, and the Role for the Lease.</summary>
    public string PerNamespace(IReadOnlyList<string> namespaces, string leaseNamespace) => string.Concat(
        Identity(),
        string.Concat(namespaces.Select(@namespace =>
            Role("Role", @namespace, Name, RbacRules.InServedNamespaces(MayListSecrets)) + Binding("RoleBinding", "Role", @namespace, Name))),
        Role("ClusterRole", null, $"{Name}-definitions", [RbacRules.OfDefinitions()]),
        Binding("ClusterRoleBinding", "ClusterRole", null, $"{Name}-definitions"),
        LeaseRole(leaseNamespace));

    private static string Identity() => $"""
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          name: {SystemNamespace}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: {Name}
          namespace: {SystemNamespace}

        """;

    private static string LeaseRole(string @namespace) =>
        Role("Role", @namespace, $"{Name}-lease", RbacRules.InLeaseNamespace())
        + Binding("RoleBinding", "Role", @namespace, $"{Name}-lease");

    private static string Role(string kind, string? @namespace, string name, IEnumerable<RbacRule> rules)
    {
        var text = new StringBuilder(Head(kind, @namespace, name)).Append("rules:\n");
        foreach (var rule in rules)
        {
            text.Append("  # ").Append(rule.Why).Append('\n')
                .Append("  - apiGroups: [\"").Append(rule.Group).Append("\"]\n");
            List(text, "resources", rule.Resources);
            List(text, "resourceNames", rule.Names);
            List(text, "verbs", rule.Verbs);
        }

        return text.ToString();
    }

    private static string Binding(string kind, string roleKind, string? @namespace, string name) => Head(kind, @namespace, name) + $"""
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: {roleKind}
          name: {name}
        subjects:
          - kind: ServiceAccount
            name: {Name}
            namespace: {SystemNamespace}

        """;

    private static string Head(string kind, string? @namespace, string name) => $"""
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: {kind}
        metadata:
          name: {name}

        """ + (@namespace is null ? "" : $"  namespace: {@namespace}\n");

    private static void List(StringBuilder text, string field, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            text.Append("    ").Append(field).Append(": [").AppendJoin(", ", values).Append("]\n");
        }
    }
}
