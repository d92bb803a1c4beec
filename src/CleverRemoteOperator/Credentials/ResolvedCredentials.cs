using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Credentials;

/// <summary>Which of the three sources credentials come from, nearest to the resource first.</summary>
internal enum CredentialSource
{
    /// <summary>The Secret of the resource's namespace.</summary>
    Namespace,

    /// <summary>The cluster's own, from the operator's configuration.</summary>
    Cluster,

    /// <summary>The operator's own.</summary>
    Operator,
}

/// <summary>Credentials and where they come from.</summary>
internal sealed record ResolvedCredentials(CleverCredentials Credentials, CredentialSource Source)
{
    /// <summary>The source as status and messages write it.</summary>
    public string SourceName => Source.ToString().ToLowerInvariant();
}

/// <summary>Credentials, or why there are none: a reason in PascalCase and a message that says what to do.</summary>
internal sealed record CredentialResult(ResolvedCredentials? Resolved, string Reason, string Message)
{
    /// <summary>Reason when the namespace has a Secret that cannot be used.</summary>
    public const string InvalidSecret = "InvalidCredentialsSecret";

    public static CredentialResult Of(CleverCredentials credentials, CredentialSource source) =>
        new(new ResolvedCredentials(credentials, source), $"{source}Credentials", $"using the {source.ToString().ToLowerInvariant()} credentials");
}
