using System.Collections.Concurrent;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Reconciling;

/// <summary>Puts connection Secrets into the cluster, never over somebody else's, and notices when one is changed or lost.</summary>
/// <param name="watch">Watch of own Secrets, as metadata only.</param>
internal sealed class SecretPublisher(ICluster cluster, ResourceWatch<SecretMetadata> watch, OwnWrites ownWrites)
{
    // Names some pass is about to write, and the uid of the resource it does so for.
    private readonly ConcurrentDictionary<(string Namespace, string Name), string> _claimed = new();

    /// <summary>
    /// Keeps the Secret's name for the resource until it is disposed: of two resources that want one name at the same moment, one
    /// goes on. Throws <see cref="AddonProblem"/> for the other.
    /// </summary>
    public IDisposable Claim(AddonResource resource, string name) =>
        _claimed.TryAdd((resource.Namespace, name), resource.Uid) ? new NameClaim(_claimed, (resource.Namespace, name)) : throw Taken(name);

    /// <summary>True when the resource's Secret is there, and is as we wrote it as far as this process can know.</summary>
    public async Task<bool> IsPublishedAsync(AddonResource resource, string name, CancellationToken token) =>
        await FindAsync(resource, name, token) is { } secret
        && ConnectionSecret.IsOf(secret, resource)
        && ownWrites.AcceptSecret(resource.Uid, secret.ResourceVersion);

    /// <summary>Applies the Secret; throws <see cref="AddonProblem"/> when one of that name is not the resource's, or the cluster does not take it.</summary>
    public async Task PublishAsync(
        AddonResource resource, string name, IReadOnlyDictionary<string, string> environment, CancellationToken token)
    {
        SecretMetadata written;
        try
        {
            written = await ApplyAsync(resource, name, environment, token);
        }
        catch (KubernetesApiException failure) when (failure.IsInvalid)
        {
            // Somebody made it immutable, for instance: no retry helps before that is undone.
            throw ConnectionSecret.Invalid($"the cluster refuses the Secret {name}: {failure.Message}", failure);
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
        watch.Status.IsReliable ? watch.Store.Get(resource.Namespace, name) : await cluster.GetSecretMetadataAsync(resource.Namespace, name, token));

    private async Task<SecretMetadata> ApplyAsync(
        AddonResource resource, string name, IReadOnlyDictionary<string, string> environment, CancellationToken token)
    {
        try
        {
            // Without a look first: the server itself refuses what would touch another Secret than the one the watch shows, or any if it shows none.
            var shown = watch.Store.Get(resource.Namespace, name) is { } secret && ConnectionSecret.IsOf(secret, resource) ? secret : null;
            return await cluster.ApplySecretAsync(resource.Namespace, name, ConnectionSecret.Render(resource, name, environment, shown, onlyNew: true), token);
        }
        catch (KubernetesApiException failure) when (failure.IsConflict)
        {
            var existing = await cluster.GetSecretMetadataAsync(resource.Namespace, name, token);
            RequireOwn(resource, name, existing);
            return await cluster.ApplySecretAsync(resource.Namespace, name, ConnectionSecret.Render(resource, name, environment, existing, onlyNew: false), token);
        }
    }

    private static AddonProblem Taken(string name) => new(
        ConditionType.SecretReady, Reason.SecretConflict,
        $"the Secret {name} is another's and left untouched. Delete or rename it, or give the resource another name")
    { RetryAfter = TimeSpan.FromSeconds(30) };

    private async Task<SecretMetadata?> FindAsync(AddonResource resource, string name, CancellationToken token) =>
        // What the watch does not show may be a Secret of the reference operator, which lacks our label.
        (watch.Status.IsReliable ? watch.Store.Get(resource.Namespace, name) : null)
        ?? await cluster.GetSecretMetadataAsync(resource.Namespace, name, token);

    private static void RequireOwn(AddonResource resource, string name, SecretMetadata? existing)
    {
        if (existing is not null && !ConnectionSecret.IsOf(existing, resource))
        {
            throw Taken(name);
        }
    }

    private sealed class NameClaim(ConcurrentDictionary<(string Namespace, string Name), string> claimed, (string Namespace, string Name) name) : IDisposable
    {
        public void Dispose() => claimed.TryRemove(name, out _);
    }
}
