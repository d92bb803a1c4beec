using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.CleverApi.Kubernetes;

/// <summary>A managed Kubernetes cluster as the sandbox keeps it; it runs nothing, but may lead to one that runs.</summary>
internal sealed record KubernetesCluster
{
    public const string Active = "ACTIVE";
    public const string Deploying = "DEPLOYING";
    public const string Deleted = "DELETED";

    public required string Id { get; init; }

    public required string OwnerId { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required string Version { get; init; }

    public required string Region { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What was changed of the features.</summary>
    public JsonObject? Features { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>A deleted cluster stays in the list with that status.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>The status a test asked for; null = the one of its age.</summary>
    public string? Status { get; init; }

    /// <summary>The kubeconfig to serve, with places for a fresh certificate; null = one that leads nowhere.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Certificate and key, both PEM, of the authority that signs its client certificates; null = one of the sandbox's own.</summary>
    public string? Authority { get; init; }
}
