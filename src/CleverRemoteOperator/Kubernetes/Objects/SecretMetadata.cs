namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>What the operator keeps of a Secret it does not read: who it belongs to and which revision it is.</summary>
/// <param name="OwnerUids">Uids of its owner references.</param>
/// <param name="IsAppliedByOperator">Whether the server notes the operator as who applied it: so it stays also when its owner and our label are gone.</param>
/// <param name="Checksum">What its annotation says of its content; null when it has none.</param>
internal sealed record SecretMetadata(
    string Namespace, string Name, string Uid, string ResourceVersion, IReadOnlyList<string> OwnerUids, bool IsAppliedByOperator = false,
    string? Checksum = null) : INamespacedObject
{
    public int KeptBytes => KeptSize.OfObject(Namespace, Name, Uid, ResourceVersion) + KeptSize.Of(OwnerUids) + (2 * (Checksum?.Length ?? 0));
}
