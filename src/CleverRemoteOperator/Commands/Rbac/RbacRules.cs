using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Credentials;
using k8s.Models;

namespace CleverRemoteOperator.Commands.Rbac;

/// <summary>One permission the operator needs in a cluster.</summary>
/// <param name="Why">The purpose in one line, printed as a comment above the rule.</param>
internal sealed record RbacRule(string Why, V1PolicyRule Rule)
{
    /// <param name="group">API group; empty for the core group.</param>
    /// <param name="names">Names of the objects it is limited to; none = any.</param>
    public RbacRule(string why, string group, string[] resources, string[] verbs, params string[] names)
        : this(why, new V1PolicyRule { ApiGroups = [group], Resources = resources, ResourceNames = names.Length > 0 ? names : null, Verbs = verbs })
    {
    }
}

/// <summary>Every permission the operator uses, and no other. Discovery needs none: every authenticated identity has it.</summary>
internal static class RbacRules
{
    /// <summary>What it needs in every namespace it serves.</summary>
    /// <param name="mayListSecrets">
    /// False leaves out list and watch of Secrets. RBAC cannot limit these to the Secrets with our label, so with them the identity
    /// could read every Secret there; without them a deleted connection Secret is restored only at the next resync.
    /// </param>
    public static IEnumerable<RbacRule> InServedNamespaces(bool mayListSecrets)
    {
        foreach (var kinds in ByGroup())
        {
            string[] plurals = [.. kinds.Order(StringComparer.Ordinal)];
            yield return new("Custom resources: watched; finalizers and annotations are patched, the spec never is.", kinds.Key, plurals, ["get", "list", "watch", "patch"]);
            yield return new("Their status.", kinds.Key, [.. plurals.Select(plural => $"{plural}/status")], ["patch"]);
            yield return new("Owner references of connection Secrets, for API servers that enforce OwnerReferencesPermissionEnforcement.",
                kinds.Key, [.. plurals.Select(plural => $"{plural}/finalizers")], ["update"]);
        }

        if (mayListSecrets)
        {
            yield return new(
                "Connection Secrets: applied, and watched by label as metadata only. RBAC cannot restrict list and watch by label, so they cover all Secrets.",
                "", ["secrets"], ["get", "list", "watch", "create", "patch"]);
        }
        else
        {
            yield return new("Connection Secrets: read by name and applied.", "", ["secrets"], ["get", "create", "patch"]);
            yield return new("The Secret with the namespace's own credentials: watched by name.", "", ["secrets"], ["list", "watch"], CredentialSecret.SecretName);
        }

        yield return new("The namespace's annotations, which apply to its resources.", "", ["namespaces"], ["get"]);
        yield return new("Events when a resource's status changes.", "", ["events"], ["create"]);
    }

    /// <summary>What it needs in addition to serve a whole cluster; without it, clusters are compared by address and authorities only.</summary>
    public static IEnumerable<RbacRule> InCluster() =>
    [
        new("Namespaces and their annotations, watched as metadata only. The uid of kube-system reveals a cluster that is configured twice.",
            "", ["namespaces"], ["get", "list", "watch"]),
        OfDefinitions(),
    ];

    /// <summary>The one thing it reads outside of namespaces. Without it a deletion waits some seconds longer.</summary>
    public static RbacRule OfDefinitions() =>
        new("Whether a definition is being deleted: the add-ons of its resources are kept then.", "apiextensions.k8s.io", ["customresourcedefinitions"], ["get"],
            [.. AddonCatalog.All.SelectMany(kind => kind.Groups, (kind, group) => $"{kind.Plural}.{group}").Order(StringComparer.Ordinal)]);

    /// <summary>What it needs where it shall restart what reads a connection Secret. Nobody has it who did not ask for it.</summary>
    public static IEnumerable<RbacRule> OfRestart() =>
    [
        new("spec.secret.restart: what reads a connection Secret is found, and an annotation of its pod template patched.",
            "apps", ["daemonsets", "deployments", "statefulsets"], ["get", "list", "patch"]),
    ];

    /// <summary>What a Service Binding implementation needs, to find the connection Secret of a resource in its status.</summary>
    public static IEnumerable<RbacRule> OfServiceBinding() =>
        ByGroup().Select(kinds => new RbacRule("Resources whose status.binding names a Secret.", kinds.Key, [.. kinds.Order(StringComparer.Ordinal)], ["get", "list", "watch"]));

    /// <summary>What it needs in the one namespace of the Lease.</summary>
    public static IEnumerable<RbacRule> InLeaseNamespace() =>
    [
        new("Leader election: one instance at a time serves the cluster.", "coordination.k8s.io", ["leases"], ["get", "update"], LeaseRecord.Name),
        new("Creating the Lease; RBAC cannot restrict create to a name.", "coordination.k8s.io", ["leases"], ["create"]),
    ];

    // The plurals of each group.
    private static IEnumerable<IGrouping<string, string>> ByGroup() =>
        AddonCatalog.All.SelectMany(kind => kind.Groups, (kind, group) => (group, kind.Plural)).GroupBy(kind => kind.group, kind => kind.Plural);
}
