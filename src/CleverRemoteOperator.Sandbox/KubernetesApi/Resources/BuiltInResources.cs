namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>The resources every cluster of the sandbox serves.</summary>
internal static class BuiltInResources
{
    private static readonly string[] Status = ["status"];

    public static ResourceType ConfigMaps { get; } = new("", "v1", "configmaps", "ConfigMap", true, new ConfigMapRules()) { ShortNames = ["cm"] };

    public static ResourceType Events { get; } = new("", "v1", "events", "Event", true, EventRules.Core) { ShortNames = ["ev"] };

    public static ResourceType Namespaces { get; } = new("", "v1", "namespaces", "Namespace", false, new NamespaceRules())
    {
        ShortNames = ["ns"],
        Subresources = ["finalize", "status"],
    };

    public static ResourceType Definitions { get; } = new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false, new DefinitionRules())
    {
        ShortNames = ["crd", "crds"],
        Categories = ["api-extensions"],
        Subresources = Status,
    };

    /// <summary>In the order discovery lists them.</summary>
    public static IReadOnlyList<ResourceType> All { get; } =
    [
        ConfigMaps,
        Events,
        Namespaces,
        new("", "v1", "secrets", "Secret", true, new SecretRules()),
        new("", "v1", "serviceaccounts", "ServiceAccount", true, new BuiltInRules("v1", "ServiceAccount")) { ShortNames = ["sa"] },
        Definitions,
        new("apps", "v1", "daemonsets", "DaemonSet", true, new BuiltInRules("apps/v1", "DaemonSet")) { ShortNames = ["ds"] },
        new("apps", "v1", "deployments", "Deployment", true, new BuiltInRules("apps/v1", "Deployment")) { ShortNames = ["deploy"] },
        new("apps", "v1", "statefulsets", "StatefulSet", true, new BuiltInRules("apps/v1", "StatefulSet")) { ShortNames = ["sts"] },
        Review("authentication.k8s.io", "SelfSubjectReview"),
        Review("authorization.k8s.io", "SelfSubjectAccessReview"),
        Review("authorization.k8s.io", "SelfSubjectRulesReview"),
        new("coordination.k8s.io", "v1", "leases", "Lease", true, new LeaseRules()),
        new("events.k8s.io", "v1", "events", "Event", true, new NewEventRules()) { ShortNames = ["ev"], SharedStorage = Events.QualifiedPlural, StoredAs = Events.StoredAs },
    ];

    private static ResourceType Review(string group, string kind) =>
        new(group, "v1", kind.ToLowerInvariant() + "s", kind, false, new ResourceRules()) { Stored = false };
}
