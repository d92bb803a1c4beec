namespace CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

/// <summary>One owner of an object, as its metadata names it.</summary>
internal sealed record OwnerReference(string ApiVersion, string Kind, string Name, string Uid, bool BlocksDeletion);
