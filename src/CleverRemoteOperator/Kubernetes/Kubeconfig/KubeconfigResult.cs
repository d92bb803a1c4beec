using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>What a kubeconfig comes to: a connection, or every mistake in it.</summary>
/// <param name="Connection">Null exactly when there are mistakes.</param>
/// <param name="Mistakes">Where and what, without a secret value; the reader names no file, as the caller knows it.</param>
internal sealed record KubeconfigResult(ClusterConnection? Connection, IReadOnlyList<string> Mistakes)
{
    private const int Most = 100;

    /// <summary>The first hundred mistakes, and how many more there are.</summary>
    public static KubeconfigResult Bad(params IReadOnlyList<string> mistakes) => new(
        null, mistakes.Count <= Most ? mistakes : [.. mistakes.Take(Most), $"{mistakes.Count - Most} more mistakes; fix the ones above first"]);
}
