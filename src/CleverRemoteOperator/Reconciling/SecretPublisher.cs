using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Reconciling;

/// <summary>Puts connection Secrets into the cluster, never over somebody else's, and notices when one is changed or lost.</summary>
/// <param name="watch">Watch of own Secrets, as metadata only.</param>
internal sealed class SecretPublisher(ICluster cluster, ResourceWatch<SecretMetadata> watch, OwnWrites ownWrites)
{
    /// <summary>True when the resource's Secret is there, and is as we wrote it as far as this process can know.</summary>
    public async Task<bool> IsPublishedAsync(AddonResource resource, string name, CancellationToken token) =>
        await FindAsync(resource, name, token) is { } secret
        && ConnectionSecret.IsOf(secret, resource)
        && ownWrites.AcceptSecret(resource.Uid, secret.ResourceVersion);

    /// <summary>Applies the Secret; throws <see cref="AddonProblem"/> when one of that name is not the resource's.</summary>
    public async Task PublishAsync(
        AddonResource resource, string name, IReadOnlyDictionary<string, string> environment, CancellationToken token)
    {
        SecretMetadata written;
        try
        {
            // Without a look first: the server itself refuses what would touch another Secret than the one the watch shows, or any if it shows none.
            var shown = watch.Store.Get(resource.Namespace, name) is { } secret && ConnectionSecret.IsOf(secret, resource) ? secret : null;
            written = await cluster.ApplySecretAsync(resource.Namespace, name, ConnectionSecret.Render(resource, name, environment, shown, onlyNew: true), token);
        }
        catch (KubernetesApiException failure) when (failure.IsConflict)
        {
            var existing = await cluster.GetSecretMetadataAsync(resource.Namespace, name, token);
            RequireOwn(resource, name, existing);
            written = await cluster.ApplySecretAsync(resource.Namespace, name, ConnectionSecret.Render(resource, name, environment, existing, onlyNew: false), token);
        }

        ownWrites.RememberSecret(resource.Uid, written.ResourceVersion);
    }

    /// <summary>
    /// Throws <see cref="AddonProblem"/> when a Secret of that name is known to be another's: asked before an add-on is created, so that
    /// none is paid for whose Secret has no place. Where own Secrets are watched nothing is read, and a Secret that is not the
    /// operator's is met only when the connection Secret is applied.
    /// </summary>
    public async Task RequireFreeAsync(AddonResource resource, string name, CancellationToken token) => RequireOwn(
        resource,
        name,
        watch.Status.Synced ? watch.Store.Get(resource.Namespace, name) : await cluster.GetSecretMetadataAsync(resource.Namespace, name, token));

    private async Task<SecretMetadata?> FindAsync(AddonResource resource, string name, CancellationToken token) =>
        // What the watch does not show may be a Secret of the reference operator, which lacks our label.
        (watch.Status.IsReliable ? watch.Store.Get(resource.Namespace, name) : null)
        ?? await cluster.GetSecretMetadataAsync(resource.Namespace, name, token);

    private static void RequireOwn(AddonResource resource, string name, SecretMetadata? existing)
    {
        if (existing is not null && !ConnectionSecret.IsOf(existing, resource))
        {
            throw new AddonProblem(
                ConditionType.SecretReady, Reason.SecretConflict,
                $"the Secret {name} exists and is not this resource's; it is left untouched. Delete or rename it, or give the resource another name")
            { RetryAfter = TimeSpan.FromSeconds(30) };
        }
    }
}
