namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>What a list or a watch must know of each object, whatever else it holds.</summary>
internal interface INamespacedObject
{
    string Namespace { get; }

    string Name { get; }

    string Uid { get; }

    string ResourceVersion { get; }

    /// <summary>About how many bytes of memory it takes to keep it.</summary>
    int KeptBytes { get; }
}
