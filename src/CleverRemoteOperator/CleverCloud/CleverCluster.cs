namespace CleverRemoteOperator.CleverCloud;

/// <summary>A managed Kubernetes cluster of an organisation.</summary>
/// <param name="Id"><c>kubernetes_…</c></param>
/// <param name="Status"><c>ACTIVE</c>, <c>UPDATING</c>, <c>DELETED</c> … in the API's own word; empty when it has none.</param>
internal sealed record CleverCluster(string Id, string Name, string Status, string? Version, string? Region, IReadOnlyList<string> Tags);
