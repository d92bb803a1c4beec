using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons.Secrets;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Watching;
using k8s.Models;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>Puts connection Secrets into the cluster, never over somebody else's, and notices when one is changed or lost.</summary>
/// <param name="watch">Watch of own Secrets, as metadata only.</param>
internal sealed class SecretPublisher(ICluster cluster, Reflector<SecretMetadata> watch, OwnWrites ownWrites)
{
    // Names some pass is about to write, and the uid of the resource it does so for: of two resources that want one name, one goes on.
    private readonly ConcurrentDictionary<(string Namespace, string Name), string> _claimed = new();

    /// <summary>Restarts what reads the Secrets.</summary>
    public ConsumerRestart Consumers { get; } = new(cluster);

    /// <summary>
    /// Whose the Secret of the connection Secret's name is, and that name kept for the resource until <see cref="Release"/>. Where own
    /// Secrets are watched nothing is read for a resource without add-on, and a Secret that is not the operator's is met only when the
    /// connection Secret is applied.
    /// </summary>
    public async Task<(SecretState State, string? Checksum)> StateAsync(Observation seen, CancellationToken token)
    {
        if (seen.SecretName is not { } name)
        {
            return (SecretState.Unwanted, null);
        }

        var @namespace = seen.Resource.Namespace;
        if (_claimed.GetOrAdd((@namespace, name), seen.Resource.Uid) != seen.Resource.Uid)
        {
            return (SecretState.Foreign, null);
        }

        // What the watch does not show may be a Secret of the reference operator, which lacks our label.
        var secret = (watch.Status.IsReliable ? watch.Store.Get(@namespace, name) : null)
            ?? (watch.Status.IsReliable && seen.KnownAddon is null ? null : await cluster.GetSecretMetadataAsync(@namespace, name, token));
        return secret is null ? (SecretState.None, null)
            : !ConnectionSecret.IsOf(secret, seen.Resource) ? (ConnectionSecret.StateOfOthers(secret), secret.Checksum)
            : (ownWrites.AcceptSecret(seen.Resource.Uid, secret.ResourceVersion) ? SecretState.Published : SecretState.Changed, secret.Checksum);
    }

    /// <summary>Gives the name free that <see cref="StateAsync"/> kept.</summary>
    public void Release(Observation seen)
    {
        if (seen.SecretName is { } name)
        {
            _claimed.TryRemove(KeyValuePair.Create((seen.Resource.Namespace, name), seen.Resource.Uid));
        }
    }

    /// <summary>Applies the Secret. Whose it is afterwards: <see cref="SecretState.Published"/>, or not the resource's, and untouched.</summary>
    public async Task<SecretState> PublishAsync(AddonResource resource, string name, IReadOnlyDictionary<string, string> entries, SecretShape shape, CancellationToken token)
    {
        // Without a look first: the server itself refuses what would touch another Secret than the one the watch shows, or any if it shows none.
        var shown = watch.Store.Get(resource.Namespace, name) is { } secret && ConnectionSecret.IsOf(secret, resource) ? secret : null;
        SecretMetadata written;
        try
        {
            written = await ApplyAsync(resource, name, ConnectionSecret.Render(resource, name, entries, shown, onlyNew: true, shape), token);
        }
        catch (KubernetesApiException failure) when (failure.IsConflict)
        {
            var existing = await cluster.GetSecretMetadataAsync(resource.Namespace, name, token);
            if (existing is not null && !ConnectionSecret.IsOf(existing, resource) && !ConnectionSecret.IsLeftWith(existing, entries))
            {
                return ConnectionSecret.StateOfOthers(existing);
            }

            written = await ApplyAsync(resource, name, ConnectionSecret.Render(resource, name, entries, existing, onlyNew: false, shape), token);
        }

        ownWrites.RememberSecret(resource.Uid, written.ResourceVersion);
        return SecretState.Published;
    }

    /// <summary>Makes the resource's Secret nobody's, so that it stays when the resource goes. Nothing happens when it is not the resource's, or others own it too.</summary>
    public async Task KeepAsync(AddonResource resource, string name, CancellationToken token)
    {
        if (await cluster.GetSecretMetadataAsync(resource.Namespace, name, token) is not { OwnerUids: [var owner] } secret || owner != resource.Uid)
        {
            return;
        }

        await cluster.PatchSecretAsync(
            resource.Namespace,
            name,
            new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["uid"] = secret.Uid,
                    ["resourceVersion"] = secret.ResourceVersion,
                    ["ownerReferences"] = null,
                    ["labels"] = new JsonObject { [ManagedSecrets.Label] = null },
                },
            },
            token);
    }

    /// <summary>
    /// Deletes the Secret that held the environment under a name the spec does not give it any more, if it is the resource's own; false
    /// when the operator may not: that right is not among those it asks for, as it would be one for every Secret.
    /// </summary>
    public async Task<bool> TryRemoveAsync(AddonResource resource, string name, CancellationToken token)
    {
        if (await cluster.GetSecretMetadataAsync(resource.Namespace, name, token) is not { IsAppliedByOperator: true } secret || !ConnectionSecret.IsOf(secret, resource))
        {
            return true;
        }

        try
        {
            await cluster.DeleteSecretAsync(resource.Namespace, name, secret.Uid, token);
            return true;
        }
        catch (KubernetesApiException failure) when (failure.IsForbidden)
        {
            return false;
        }
    }

    private Task<SecretMetadata> ApplyAsync(AddonResource resource, string name, V1Secret secret, CancellationToken token) =>
        cluster.ApplySecretAsync(resource.Namespace, name, secret, token);
}
