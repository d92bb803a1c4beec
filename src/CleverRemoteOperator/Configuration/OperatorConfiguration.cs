namespace CleverRemoteOperator.Configuration;

/// <summary>All the operator was told, validated: what the sources of <c>docs/configuration.md</c> say together.</summary>
/// <param name="Operator">How the process itself behaves.</param>
/// <param name="Api">The operator's own credentials, for namespaces and clusters without their own.</param>
/// <param name="Clusters">Clusters named one by one; the files of <see cref="OperatorOptions.Kubeconfigs"/> come on top.</param>
internal sealed record OperatorConfiguration(
    OperatorOptions Operator, CleverCredentials? Api, IReadOnlyList<ClusterOptions> Clusters);
