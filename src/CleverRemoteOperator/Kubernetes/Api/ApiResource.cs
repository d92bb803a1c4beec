namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>A type of object as the API server serves it.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Kind">Kind as this cluster's CRD writes it.</param>
internal sealed record ApiResource(string Group, string Version, string Plural, string Kind)
{
    public static ApiResource Secrets { get; } = new("", "v1", "secrets", "Secret");

    public static ApiResource Events { get; } = new("", "v1", "events", "Event");

    public static ApiResource Namespaces { get; } = new("", "v1", "namespaces", "Namespace");

    public static ApiResource Definitions { get; } = new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition");

    public static ApiResource Leases { get; } = new("coordination.k8s.io", "v1", "leases", "Lease");

    public static ApiResource Deployments { get; } = new("apps", "v1", "deployments", "Deployment");

    public static ApiResource StatefulSets { get; } = new("apps", "v1", "statefulsets", "StatefulSet");

    public static ApiResource DaemonSets { get; } = new("apps", "v1", "daemonsets", "DaemonSet");

    /// <summary>The <c>apiVersion</c> of its objects.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
