namespace CleverRemoteOperator.Credentials;

/// <summary>Tells which credentials serve a namespace of one cluster.</summary>
internal interface ICredentialResolver
{
    /// <summary>
    /// Namespace Secret before cluster before operator: the first that exists serves alone. One that exists and is broken gives
    /// no credentials rather than the next ones.
    /// </summary>
    Task<CredentialResult> ResolveAsync(string @namespace, CancellationToken token);

    /// <summary>
    /// True when the namespace has a Secret of its own, seen by the watch or not: asked before an add-on is created
    /// with other credentials, because Secret and resource of one manifest may be seen in either order.
    /// </summary>
    /// <param name="since">When the resource was read, a timestamp of the clock: any live look begun later answers, so one serves all that were there before it.</param>
    Task<bool> HasSecretAsync(string @namespace, long since, CancellationToken token);

    /// <summary>
    /// True when the namespace has a Secret under another name that looks like its own credentials, which nobody reads. Asked once in
    /// ten minutes; a namespace that was asked for meanwhile has none.
    /// </summary>
    Task<bool> HasMisnamedSecretAsync(string @namespace, CancellationToken token);
}
