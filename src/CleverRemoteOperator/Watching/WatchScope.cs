using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Watching;

/// <summary>What one watch looks at.</summary>
/// <param name="Namespace">The namespace; null for all of them.</param>
/// <param name="LabelSelector">As Kubernetes writes it: <c>key=value</c>.</param>
/// <param name="FieldSelector">As Kubernetes writes it: <c>metadata.name=value</c>.</param>
internal sealed record WatchScope(ApiResource Type, string? Namespace, string? LabelSelector = null, string? FieldSelector = null)
{
    /// <summary>For log lines: <c>redis.api.clever-cloud.com in team-a</c>.</summary>
    public override string ToString() => $"{Type} in {Namespace ?? "all namespaces"}";
}
