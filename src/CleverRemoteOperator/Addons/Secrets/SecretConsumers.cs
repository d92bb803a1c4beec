namespace CleverRemoteOperator.Addons.Secrets;

/// <summary>Which workloads are to be restarted when the content of the connection Secret changes.</summary>
/// <param name="Named">Those by name; empty for all of the namespace that read the Secret.</param>
internal sealed record SecretConsumers(IReadOnlyList<NamedConsumer> Named)
{
    /// <summary>The word for all that read the Secret.</summary>
    public const string Word = "Consumers";
}

/// <summary>A workload by its name.</summary>
internal sealed record NamedConsumer(ConsumerKind Kind, string Name);

/// <summary>Kinds of workloads that have a template for pods.</summary>
internal enum ConsumerKind
{
    Deployment,
    StatefulSet,
    DaemonSet,
}
