namespace CleverRemoteOperator.Configuration;

/// <summary>What the operator is called wherever it shows itself to clusters, to the Clever API and in files.</summary>
internal static class OperatorNames
{
    /// <summary>Its own name: program, field manager, Lease, label of its Secrets, service account.</summary>
    public const string Own = "clever-remote-operator";

    /// <summary>The reference operator's name, which users know: folder of its configuration files, credentials Secret, namespace.</summary>
    public const string Reference = "clever-kubernetes-operator";
}
