using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>One custom resource, without managedFields. Never changed: reads and patches give new ones.</summary>
internal sealed record AddonResource : INamespacedObject
{
    public required string ApiVersion { get; init; }

    /// <summary>Kind as the object itself writes it.</summary>
    public required string Kind { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    public required string ResourceVersion { get; init; }

    public long Generation { get; init; }

    public DateTimeOffset CreationTimestamp { get; init; }

    /// <summary>Set once somebody deleted the resource and finalizers hold it.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    public IReadOnlyList<string> Finalizers { get; init; } = [];

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>As in the object; null when it has none. Must not be changed.</summary>
    public JsonObject? Spec { get; init; }

    /// <summary>As in the object; null when it has none. Must not be changed.</summary>
    public JsonObject? Status { get; init; }
}
