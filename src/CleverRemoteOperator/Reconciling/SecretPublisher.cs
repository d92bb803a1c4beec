using System.Collections.Concurrent;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Reconciling;

/// <summary>Puts connection Secrets into the cluster, never over somebody else's, and notices when one is changed or lost.</summary>
/// <param name="watch">Watch of own Secrets, as metadata only.</param>
internal sealed class SecretPublisher(ICluster cluster, ResourceWatch<SecretMetadata> watch)
{
    // Revision of each Secret as we last wrote or accepted it, by the uid of its resource.
    private readonly ConcurrentDictionary<string, string> _revisions = new(StringComparer.Ordinal);

    /// <summary>True when the resource's Secret is there, and is as we wrote it as far as this process can know.</summary>
    public async Task<bool> IsPublishedAsync(AddonResource resource, string name, CancellationToken token) =>
        await FindAsync(resource, name, token) is { } secret
        && ConnectionSecret.IsOf(secret, resource)
        && _revisions.GetOrAdd(resource.Uid, secret.ResourceVersion) == secret.ResourceVersion;

    /// <summary>Applies the Secret; throws <see cref="AddonProblem"/> when one of that name is not the resource's.</summary>
    public async Task PublishAsync(
        AddonResource resource, string name, IReadOnlyDictionary<string, string> environment, CancellationToken token)
    {
        var existing = await RequireOwnAsync(resource, name, token);
        var written = await cluster.ApplySecretAsync(
            resource.Namespace, name, ConnectionSecret.Render(resource, name, environment, existing), token);
        _revisions[resource.Uid] = written.ResourceVersion;
    }

    /// <summary>
    /// Throws <see cref="AddonProblem"/> when a Secret of that name is there and is not the resource's: asked before an add-on is
    /// created, so that none is paid for whose Secret has no place. Gives the resource's own Secret; null when there is none.
    /// </summary>
    public async Task<SecretMetadata?> RequireOwnAsync(AddonResource resource, string name, CancellationToken token)
    {
        var existing = await cluster.GetSecretMetadataAsync(resource.Namespace, name, token);
        return existing is null || ConnectionSecret.IsOf(existing, resource)
            ? existing
            : throw new AddonProblem(
                ConditionType.SecretReady, Reason.SecretConflict,
                $"the Secret {name} exists and is not this resource's; it is left untouched. Delete or rename it, or give the resource another name")
            { RetryAfter = TimeSpan.FromSeconds(30) };
    }

    public void Forget(string resourceUid) => _revisions.TryRemove(resourceUid, out _);

    private async Task<SecretMetadata?> FindAsync(AddonResource resource, string name, CancellationToken token) =>
        // What the watch does not show may be a Secret of the reference operator, which lacks our label.
        (watch.Status.IsReliable ? watch.Store.Get(resource.Namespace, name) : null)
        ?? await cluster.GetSecretMetadataAsync(resource.Namespace, name, token);
}
