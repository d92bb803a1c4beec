using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Patching;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

/// <summary>The story of every create and update: complete, check, keep.</summary>
internal sealed class ObjectWriter(ObjectStore store, TimeProvider time)
{
    /// <summary>Keeps a decoded new object and returns it as it is now.</summary>
    public JsonObject Create(ResourceType type, string ns, JsonObject value, WriteOptions options, bool applied = false)
    {
        var now = time.GetUtcNow();
        var managers = applied ? value["metadata"]?["managedFields"]?.DeepClone() : null;
        ObjectMeta.Create(value, type, ns, now);
        type.Rules.PrepareForCreate(value);
        CheckNamespaceTakes(type, ns, value.Text("metadata", "name") ?? "");
        if (managers is not null)
        {
            value.Ensure("metadata")["managedFields"] = managers;
        }
        else
        {
            ManagedFields.RecordUpdate(null, value, options.Manager, type.ApiVersion, null, now, type.Rules.Schema);
        }

        Check(type, value, null);
        var name = value.Text("metadata", "name")!;
        if (options.DryRun)
        {
            return store.Find(type.Storage, ns, name) is null ? value : throw ApiErrors.AlreadyExists(type, name);
        }

        var added = store.Create(type.Storage, Kept(type, value), Fields(type, value)) ?? throw ApiErrors.AlreadyExists(type, name);
        return added.Read(type);
    }

    /// <summary>
    /// Changes an object, again from its newest state when another write came in between. <paramref name="change"/> gets a copy it may keep or alter,
    /// and gives back the decoded next state; one that names a resourceVersion is refused with 409 when that is no longer the newest.
    /// </summary>
    public JsonObject Update(ResourceType type, string ns, string name, string? subresource, WriteOptions options, Func<JsonObject, ObjectChange> change)
    {
        while (true)
        {
            var current = store.Find(type.Storage, ns, name) ?? throw ApiErrors.NotFound(type, name);
            var old = current.Read(type);
            (var next, var applied) = change(old.Copy());
            ObjectMeta.Update(next, old, type, current, subresource);
            type.Rules.PrepareForUpdate(next, old, subresource);
            if (!applied)
            {
                ManagedFields.RecordUpdate(old, next, options.Manager, type.ApiVersion, subresource, time.GetUtcNow(), type.Rules.Schema);
            }

            Check(type, next, old, subresource);
            if (options.DryRun || Unchanged.Between(old, next))
            {
                return options.DryRun ? next : old;
            }

            if (TryKeep(type, current, next, out var kept))
            {
                return kept;
            }
        }
    }

    /// <summary>Keeps the next state, or takes the object out when nothing holds a deleted one any longer.</summary>
    public bool TryKeep(ResourceType type, StoredObject current, JsonObject next, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JsonObject? kept)
    {
        if (current.Deleting && !type.Rules.IsHeld(next))
        {
            kept = next;
            return store.Remove(current, Kept(type, next));
        }

        kept = store.Replace(current, Kept(type, next), Fields(type, next))?.Read(type);
        return kept is not null;
    }

    private static JsonObject Kept(ResourceType type, JsonObject value)
    {
        var kept = value.Copy();
        type.Rules.ToStorage(kept);
        return kept;
    }

    private static IReadOnlyDictionary<string, string> Fields(ResourceType type, JsonObject value) => type.Rules.Fields(Kept(type, value));

    private static void Check(ResourceType type, JsonObject value, JsonObject? old, string? subresource = null)
    {
        FieldError[] mistakes = [.. ObjectMeta.Validate(value, old, type), .. subresource == "status" ? type.Rules.ValidateStatus(value, old) : type.Rules.Validate(value, old)];
        if (mistakes.Length > 0)
        {
            throw ApiErrors.Invalid(type, value.Text("metadata", "name") ?? "", mistakes);
        }
    }

    private void CheckNamespaceTakes(ResourceType type, string ns, string name)
    {
        if (!type.Namespaced)
        {
            return;
        }

        var home = store.Find(BuiltInResources.Namespaces.Storage, "", ns) ?? throw ApiErrors.NotFound(BuiltInResources.Namespaces, ns);
        if (home.Deleting)
        {
            throw ApiErrors.Forbidden(type, name, $"unable to create new content in namespace {ns} because it is being terminated", new JsonObject
            {
                ["reason"] = "NamespaceTerminating",
                ["message"] = $"namespace {ns} is being terminated",
                ["field"] = "metadata.namespace",
            });
        }
    }
}
