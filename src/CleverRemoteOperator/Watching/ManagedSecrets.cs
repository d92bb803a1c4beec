using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Watching;

/// <summary>The label of every Secret the operator writes, by which it watches its own and no others.</summary>
internal static class ManagedSecrets
{
    public const string Label = "app.kubernetes.io/managed-by";

    public const string Value = OperatorNames.Own;
}
