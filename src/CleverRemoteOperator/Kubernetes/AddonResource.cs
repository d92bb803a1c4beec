using System.Collections.ObjectModel;

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

    /// <summary>Those the operator reads: the ones of its own API group.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>True when spec or status are larger than is kept: both are missing then.</summary>
    public bool IsTooLarge { get; init; }

    public JsonPart Spec { get; init; }

    public JsonPart Status { get; init; }

    /// <summary>When the operator read this from the server: a timestamp of the cluster's clock.</summary>
    public long ReadAt { get; init; }
}
