namespace CleverRemoteOperator.Kubernetes;

/// <summary>What the operator keeps of a namespace: what its annotations say to us, and whether it is going away.</summary>
/// <param name="Annotations">Those of our own API group.</param>
internal sealed record NamespaceMetadata(
    string Name, string Uid, string ResourceVersion, DateTimeOffset? DeletionTimestamp, IReadOnlyDictionary<string, string> Annotations) : INamespacedObject
{
    /// <summary>Its own name: a namespace lies in none.</summary>
    public string Namespace => Name;

    public int KeptBytes => KeptSize.OfObject(Namespace, Name, Uid, ResourceVersion) + KeptSize.Of(Annotations);
}
