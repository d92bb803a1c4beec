using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;
using CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Lifecycle;

/// <summary>Deletes objects whose owners have all gone, and carries out foreground deletion and orphaning.</summary>
internal sealed class GarbageCollector(ObjectStore store, ObjectWriter writer, ObjectDeleter deleter, ResourceRegistry registry)
{
    private static readonly WriteOptions AsController = new("kube-controller-manager", false, FieldValidation.Ignore);

    public void OwnerGone(StoredObject owner)
    {
        foreach (var dependent in store.Dependents(owner.Uid))
        {
            Check(dependent);
        }

        foreach (var waiting in owner.Owners.Select(above => store.FindUid(above.Uid)).OfType<StoredObject>().Where(above => above.Deleting))
        {
            Deleting(waiting);
        }
    }

    /// <summary>Deletes an object without owners left; drops references to those that have gone.</summary>
    public void Check(StoredObject dependent)
    {
        OwnerReference[] gone = [.. dependent.Owners.Where(owner => IsGone(owner, dependent))];
        if (gone.Length == 0 || dependent.Deleting || registry.FindStorage(dependent.Storage) is not { } type)
        {
            return;
        }

        if (gone.Length == dependent.Owners.Count)
        {
            deleter.Delete(type, dependent.Namespace, dependent.Name, DeleteOptions.Background with { Uid = dependent.Uid });
        }
        else
        {
            DropReferences(type, dependent, gone.Select(owner => owner.Uid));
        }
    }

    /// <summary>Does what the deletion finalizers of an object ask for.</summary>
    public void Deleting(StoredObject owner)
    {
        if (registry.FindStorage(owner.Storage) is not { } type)
        {
            return;
        }

        if (owner.Finalizers.Contains(ObjectDeleter.Orphan))
        {
            foreach (var dependent in store.Dependents(owner.Uid))
            {
                DropReferences(registry.FindStorage(dependent.Storage)!, dependent, [owner.Uid]);
            }

            DropFinalizer(type, owner, ObjectDeleter.Orphan);
        }
        else if (owner.Finalizers.Contains(ObjectDeleter.Foreground))
        {
            foreach (var dependent in store.Dependents(owner.Uid).Where(dependent => !dependent.Deleting && dependent.Owners.Count == 1))
            {
                deleter.Delete(registry.FindStorage(dependent.Storage)!, dependent.Namespace, dependent.Name, DeleteOptions.Background with { Uid = dependent.Uid });
            }

            if (!store.Dependents(owner.Uid).SelectMany(dependent => dependent.Owners).Any(reference => reference.Uid == owner.Uid && reference.BlocksDeletion))
            {
                DropFinalizer(type, owner, ObjectDeleter.Foreground);
            }
        }
    }

    /// <summary>An owner of a kind that is not served may well be there.</summary>
    private bool IsGone(OwnerReference owner, StoredObject dependent)
    {
        if (registry.FindKind(owner.ApiVersion, owner.Kind) is not { } type)
        {
            return false;
        }

        var found = store.FindUid(owner.Uid);
        return found is null || found.Storage != type.Storage || found.Name != owner.Name || (type.Namespaced && found.Namespace != dependent.Namespace);
    }

    private void DropReferences(ResourceType type, StoredObject dependent, IEnumerable<string> ownerUids)
    {
        string[] dropped = [.. ownerUids];
        writer.Update(type, dependent.Namespace, dependent.Name, null, AsController, next =>
        {
            next.Ensure("metadata")["ownerReferences"] = new JsonArray(
                [.. next.Maps("metadata", "ownerReferences").Where(owner => !dropped.Contains(owner.Text("uid"))).Select(owner => owner.Copy())]);
            return new(next);
        });
    }

    private void DropFinalizer(ResourceType type, StoredObject owner, string finalizer) =>
        writer.Update(type, owner.Namespace, owner.Name, null, AsController, next =>
        {
            next.Ensure("metadata")["finalizers"] = next.Texts("metadata", "finalizers").Where(other => other != finalizer).ToJson();
            return new(next);
        });
}
