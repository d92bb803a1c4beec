namespace CleverRemoteOperator.Sandbox.CleverApi.Kubernetes;

/// <summary>A managed Kubernetes cluster as the sandbox keeps it; it runs nothing.</summary>
internal sealed record KubernetesCluster
{
    public required string Id { get; init; }

    public required string OwnerId { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required string Version { get; init; }

    public required string Region { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>A deleted cluster stays in the list with that status.</summary>
    public bool IsDeleted { get; init; }
}
