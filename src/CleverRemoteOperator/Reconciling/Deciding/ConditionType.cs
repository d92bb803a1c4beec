namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>Conditions of a resource.</summary>
internal static class ConditionType
{
    /// <summary>The summary of the others.</summary>
    public const string Ready = "Ready";

    /// <summary>There only while the operator works on the resource, or waits for what needs nobody: <c>True</c>.</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>There only while the resource waits for somebody to change something: <c>True</c>.</summary>
    public const string Stalled = "Stalled";

    /// <summary>Exactly one source gives credentials for the resource.</summary>
    public const string CredentialsResolved = "CredentialsResolved";

    /// <summary>The add-on exists.</summary>
    public const string AddonReady = "AddonReady";

    /// <summary>The connection Secret holds the add-on's environment.</summary>
    public const string SecretReady = "SecretReady";
}
