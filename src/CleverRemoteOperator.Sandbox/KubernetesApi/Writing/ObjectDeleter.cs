using System.Globalization;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

/// <summary>The story of every delete: at once, or when the last finalizer has gone.</summary>
internal sealed class ObjectDeleter(ObjectStore store, TimeProvider time)
{
    public const string Foreground = "foregroundDeletion";
    public const string Orphan = "orphan";

    /// <summary>Deletes; gives back the object while it waits for finalizers, null when it has gone. Throws 404 and 409.</summary>
    public (StoredObject Last, JsonObject? Waiting) Delete(ResourceType type, string ns, string name, DeleteOptions options)
    {
        while (true)
        {
            var current = store.Find(type.Storage, ns, name) ?? throw ApiErrors.NotFound(type, name);
            CheckPreconditions(type, current, options);
            var next = current.Read(type);
            Mark(type, next, options);
            var held = type.Rules.IsHeld(next);
            if (options.DryRun)
            {
                return (current, held ? next : null);
            }

            var kept = next.Copy();
            type.Rules.ToStorage(kept);
            if (!held && store.Remove(current, current.Deleting ? kept : StoredForm(type, current)))
            {
                return (current, null);
            }

            if (held && Unchanged.Between(current.Read(type), next))
            {
                return (current, next);
            }

            if (held && store.Replace(current, kept, current.Fields) is { } waiting)
            {
                return (waiting, waiting.Read(type));
            }
        }
    }

    private static JsonObject StoredForm(ResourceType type, StoredObject current)
    {
        var value = current.Read(type);
        type.Rules.ToStorage(value);
        return value;
    }

    private void Mark(ResourceType type, JsonObject next, DeleteOptions options)
    {
        var metadata = next.Ensure("metadata");
        string[] finalizers = [.. metadata.Texts("finalizers").Where(finalizer => options.Propagation is null || finalizer is not (Foreground or Orphan))];
        var added = options.Propagation switch { "Foreground" => Foreground, "Orphan" => Orphan, _ => null };
        finalizers = added is null ? finalizers : [.. finalizers, added];
        if (finalizers.Length > 0)
        {
            metadata["finalizers"] = finalizers.ToJson();
        }
        else
        {
            metadata.Remove("finalizers");
        }

        if (metadata.Text("deletionTimestamp") is null)
        {
            metadata["deletionTimestamp"] = DefinitionStatus.Timestamp(time.GetUtcNow());
            metadata["deletionGracePeriodSeconds"] = 0;
            if (metadata.Number("generation") is { } generation)
            {
                metadata["generation"] = generation + 1;
            }

            type.Rules.PrepareForDelete(next, time.GetUtcNow());
        }
    }

    private static void CheckPreconditions(ResourceType type, StoredObject current, DeleteOptions options)
    {
        if (options.Uid is { } uid && uid != current.Uid)
        {
            throw ApiErrors.PreconditionFailed(type, current.Name, $"the UID in the precondition ({uid}) does not match the UID in record ({current.Uid}). The object might have been deleted and then recreated");
        }

        var version = current.ResourceVersion.ToString(CultureInfo.InvariantCulture);
        if (options.ResourceVersion is { } wanted && wanted != version)
        {
            throw ApiErrors.PreconditionFailed(type, current.Name, $"the ResourceVersion in the precondition ({wanted}) does not match the ResourceVersion in record ({version}). The object might have been modified");
        }
    }
}
