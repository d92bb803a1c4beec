using CleverRemoteOperator.Addons;
using k8s.Models;

namespace CleverRemoteOperator.Commands.Rbac;

/// <summary>One permission the operator needs in a cluster.</summary>
/// <param name="Why">What for, in one line; it becomes the comment above the rule.</param>
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
    /// <summary>Name of the Lease by which one instance at a time serves a cluster.</summary>
    public const string LeaseName = "clever-remote-operator";

    /// <summary>Name of the Secret with a namespace's own credentials.</summary>
    public const string CredentialSecretName = "clever-kubernetes-operator";

    /// <summary>What it needs in every namespace it serves.</summary>
    /// <param name="mayListSecrets">
    /// False leaves out list and watch of Secrets. RBAC cannot limit these to the Secrets with our label, so with them the identity
    /// could read every Secret there; without them a connection Secret that somebody deletes is restored at the next resync only.
    /// </param>
    public static IEnumerable<RbacRule> InServedNamespaces(bool mayListSecrets)
    {
        foreach (var kinds in AddonCatalog.All.SelectMany(kind => kind.Groups, (kind, group) => (group, kind.Plural)).GroupBy(kind => kind.group, kind => kind.Plural))
        {
            string[] plurals = [.. kinds.Order(StringComparer.Ordinal)];
            yield return new("Resources: watched; only finalizer and annotations are patched, never the spec.", kinds.Key, plurals, ["get", "list", "watch", "patch"]);
            yield return new("Status of the resources.", kinds.Key, [.. plurals.Select(plural => $"{plural}/status")], ["patch"]);
            yield return new("Owner references of connection Secrets with blockOwnerDeletion.",
                kinds.Key, [.. plurals.Select(plural => $"{plural}/finalizers")], ["update"]);
        }

        if (mayListSecrets)
        {
            yield return new(
                "Connection Secrets: applied, and watched by label as metadata only. RBAC cannot select by label: list and watch cover all Secrets.",
                "", ["secrets"], ["get", "list", "watch", "create", "patch"]);
        }
        else
        {
            yield return new("Connection Secrets: read by name and applied.", "", ["secrets"], ["get", "create", "patch"]);
            yield return new("Secret with the namespace's own credentials: watched by name.", "", ["secrets"], ["list", "watch"], CredentialSecretName);
        }

        yield return new("Annotations of the namespace.", "", ["namespaces"], ["get"]);
        yield return new("Events about resources.", "", ["events"], ["create"]);
    }

    /// <summary>What it uses beside that where it serves a whole cluster; where it may not, it goes by the server's address and authorities.</summary>
    public static IEnumerable<RbacRule> InCluster() =>
    [
        new("Annotations of namespaces, watched as metadata only. The uid of kube-system shows when one cluster is configured twice.",
            "", ["namespaces"], ["get", "list", "watch"]),
        OfDefinitions(),
    ];

    /// <summary>The one thing it reads outside of namespaces. Without it a deletion waits some seconds longer.</summary>
    public static RbacRule OfDefinitions() =>
        new("Whether a definition is being deleted: then its add-ons are kept.", "apiextensions.k8s.io", ["customresourcedefinitions"], ["get"],
            [.. AddonCatalog.All.SelectMany(kind => kind.Groups, (kind, group) => $"{kind.Plural}.{group}").Order(StringComparer.Ordinal)]);

    /// <summary>What it needs in the one namespace of the Lease.</summary>
    public static IEnumerable<RbacRule> InLeaseNamespace() =>
    [
        new("Lease: one instance at a time serves the cluster.", "coordination.k8s.io", ["leases"], ["get", "update"], LeaseName),
        new("Creation of the Lease; RBAC cannot limit create to a name.", "coordination.k8s.io", ["leases"], ["create"]),
    ];
}
