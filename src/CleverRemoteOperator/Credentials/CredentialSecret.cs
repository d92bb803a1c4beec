using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Credentials;

/// <summary>The Secret with a namespace's own credentials, as the API server shows it.</summary>
/// <param name="Config">Its key <c>config</c>, decoded; null when it lacks the key.</param>
internal sealed record CredentialSecret(string Namespace, string Name, string Uid, string ResourceVersion, string? Config) : INamespacedObject
{
    /// <summary>Name of the Secret in each namespace, the reference operator's own.</summary>
    public const string SecretName = OperatorNames.Reference;

    /// <summary>What the product page's example calls it by mistake. It is not read for credentials.</summary>
    public const string MistakenName = "clever-secret";

    /// <summary>Key of the Secret.</summary>
    public const string Key = "config";

    public int KeptBytes => KeptSize.OfObject(Namespace, Name, Uid, ResourceVersion) + (sizeof(char) * (Config?.Length ?? 0));

    /// <summary>Never shows what the Secret holds.</summary>
    public override string ToString() => $"Secret {Namespace}/{Name}";
}
