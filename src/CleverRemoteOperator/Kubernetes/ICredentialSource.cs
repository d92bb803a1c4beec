namespace CleverRemoteOperator.Kubernetes;

/// <summary>Proves to an API server who we are by what changes by and by: a token of a file, what a program gives.</summary>
internal interface ICredentialSource : IDisposable
{
    /// <summary>What to send now. A caller that waits no longer ends nothing but its own waiting.</summary>
    /// <exception cref="KubernetesApiException">There is nothing to send.</exception>
    Task<Credential> GetAsync(CancellationToken token);

    /// <summary>The server refused this. True when there is something else, or may be: then ask once more.</summary>
    bool Refused(Credential used);
}
