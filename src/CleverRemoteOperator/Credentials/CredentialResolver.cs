using System.Collections.Concurrent;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Credentials;

/// <summary>Credentials for the namespaces of one loop, from the watch of their Secrets or, where watching is not allowed, by a read.</summary>
/// <param name="watch">Watch of the Secrets named <see cref="CredentialSecret.SecretName"/>.</param>
/// <param name="reader">Reads the text of a namespace Secret.</param>
/// <param name="used">Told which credentials of its own a namespace is served with.</param>
internal sealed class CredentialResolver(
    ICluster cluster, Reflector<CredentialSecret> watch, CleverCredentials? clusterOwn, CleverCredentials? operatorOwn,
    Func<string, CredentialsReading> reader, UsedCredentials used, TimeProvider time) : ICredentialResolver
{
    private readonly ConcurrentDictionary<string, (string? Text, CredentialResult Result)> _read = new(StringComparer.Ordinal);

    private static readonly TimeSpan MisnamedAgain = TimeSpan.FromMinutes(10);

    // When the namespace was last looked at for a Secret under a wrong name.
    private readonly ConcurrentDictionary<string, long> _misnamed = new(StringComparer.Ordinal);

    // When the last live look that found no Secret in the namespace began.
    private readonly ConcurrentDictionary<string, long> _absent = new(StringComparer.Ordinal);

    public async Task<CredentialResult> ResolveAsync(string @namespace, CancellationToken token)
    {
        var secret = watch.Status.IsReliable
            ? watch.Store.Get(@namespace, CredentialSecret.SecretName)
            : await ReadLiveAsync(@namespace, token);
        if (secret is null && _read.TryRemove(@namespace, out _))
        {
            used.Use(@namespace, null);
        }

        return secret is null
            ? Configured(CredentialSource.Cluster) ?? Configured(CredentialSource.Operator) ?? None(@namespace)
            : Read(@namespace, secret.Config);
    }

    public async Task<bool> HasSecretAsync(string @namespace, long since, CancellationToken token)
    {
        // Shown by the watch since the caller resolved its credentials, or not shown yet.
        if (watch.Store.Get(@namespace, CredentialSecret.SecretName) is not null)
        {
            return true;
        }

        if (_absent.TryGetValue(@namespace, out var looked) && looked > since)
        {
            return false;
        }

        var now = time.GetTimestamp();
        if (await cluster.GetSecretMetadataAsync(@namespace, CredentialSecret.SecretName, token) is not null)
        {
            return true;
        }

        _absent.AddOrUpdate(@namespace, now, (_, other) => Math.Max(now, other));
        return false;
    }

    public async Task<bool> HasMisnamedSecretAsync(string @namespace, CancellationToken token)
    {
        var now = time.GetTimestamp();
        if (_misnamed.TryGetValue(@namespace, out var asked) && time.GetElapsedTime(asked, now) < MisnamedAgain)
        {
            return false;
        }

        _misnamed[@namespace] = now;
        return await cluster.GetSecretMetadataAsync(@namespace, CredentialSecret.MistakenName, token) is not null
            && await cluster.GetSecretValueAsync(@namespace, CredentialSecret.MistakenName, CredentialSecret.Key, token) is { } text
            && text.Contains("[api]", StringComparison.Ordinal);
    }

    /// <summary>The namespace is gone: drops what was kept of it.</summary>
    public void Forget(string @namespace)
    {
        _read.TryRemove(@namespace, out _);
        _absent.TryRemove(@namespace, out _);
        _misnamed.TryRemove(@namespace, out _);
        used.Forget(@namespace);
    }

    private CredentialResult? Configured(CredentialSource source) =>
        (source == CredentialSource.Cluster ? clusterOwn : source == CredentialSource.Operator ? operatorOwn : null) is { } credentials
            ? CredentialResult.Of(credentials, source)
            : null;

    private CredentialResult Read(string @namespace, string? text)
    {
        if (_read.TryGetValue(@namespace, out var known) && known.Text == text)
        {
            return known.Result;
        }

        var result = text is null ? Broken(@namespace, $"key {CredentialSecret.Key} is missing") : Read(@namespace, reader(text));
        _read[@namespace] = (text, result);
        used.Use(@namespace, result.Resolved?.Credentials.Digest);
        return result;
    }

    private static CredentialResult Read(string @namespace, CredentialsReading reading) => reading.Credentials is { } credentials
        ? CredentialResult.Of(credentials, CredentialSource.Namespace)
        : Broken(@namespace, string.Join("; ", reading.Mistakes));

    private async Task<CredentialSecret?> ReadLiveAsync(string @namespace, CancellationToken token)
    {
        if (await cluster.GetSecretMetadataAsync(@namespace, CredentialSecret.SecretName, token) is not { } secret)
        {
            return null;
        }

        var config = await cluster.GetSecretValueAsync(@namespace, CredentialSecret.SecretName, CredentialSecret.Key, token);
        return new CredentialSecret(@namespace, CredentialSecret.SecretName, secret.Uid, secret.ResourceVersion, config);
    }

    private static CredentialResult Broken(string @namespace, string what) => new(
        null, CredentialResult.InvalidSecret,
        $"Secret {@namespace}/{CredentialSecret.SecretName} is not valid: {what}. Fix it, or delete it to use the credentials of the cluster or the operator");

    private static CredentialResult None(string @namespace) => new(
        null, "NoCredentials",
        $"no credentials for namespace {@namespace}: create Secret {CredentialSecret.SecretName} with key {CredentialSecret.Key} in it, "
        + "or configure credentials for the cluster or the operator");
}
