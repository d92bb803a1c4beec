using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;
using CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Lifecycle;

/// <summary>Deletes what is in a namespace or of a definition that is being deleted, and lets it go when nothing is left.</summary>
internal sealed class EmptyingController(
    ObjectStore store, ObjectWriter writer, ObjectDeleter deleter, ResourceRegistry registry, DefinitionController definitions)
{
    private static readonly WriteOptions AsController = new("kube-controller-manager", false, FieldValidation.Ignore);

    public void EmptyNamespace(string ns)
    {
        var left = false;
        foreach (var type in registry.All.Where(type => type is { Namespaced: true, Stored: true, SharedStorage: null }).DistinctBy(type => type.Storage))
        {
            left |= Empty(type, ns);
        }

        if (!left)
        {
            writer.Update(BuiltInResources.Namespaces, "", ns, "finalize", AsController, next =>
            {
                next.Ensure("spec")["finalizers"] = next.Texts("spec", "finalizers").Where(finalizer => finalizer != NamespaceRules.Finalizer).ToJson();
                return new(next);
            });
        }
    }

    public void EmptyDefinition(string name)
    {
        if (registry.FindStorage(name) is { } type && Empty(type, null))
        {
            return;
        }

        writer.Update(BuiltInResources.Definitions, "", name, null, AsController, next =>
        {
            next.Ensure("metadata")["finalizers"] = next.Texts("metadata", "finalizers").Where(finalizer => finalizer != DefinitionRules.Finalizer).ToJson();
            return new(next);
        });
        definitions.Refresh();
    }

    /// <summary>Looks again at what the deleted object was in.</summary>
    public void ContentGone(StoredObject gone)
    {
        if (store.Find(BuiltInResources.Namespaces.Storage, "", gone.Namespace) is { Deleting: true } home)
        {
            EmptyNamespace(home.Name);
        }

        if (store.Find(BuiltInResources.Definitions.Storage, "", gone.Storage) is { Deleting: true } definition)
        {
            EmptyDefinition(definition.Name);
        }
    }

    /// <summary>Deletes all; true while some wait for their finalizers.</summary>
    private bool Empty(ResourceType type, string? ns)
    {
        foreach (var content in store.Snapshot(type.Storage).Objects.In(ns).Where(content => !content.Deleting))
        {
            try
            {
                deleter.Delete(type, content.Namespace, content.Name, DeleteOptions.Background);
            }
            catch (ApiException refusal) when (refusal.Code == 404)
            {
                // Gone by itself is as good.
            }
        }

        return store.Snapshot(type.Storage).Objects.In(ns).Any();
    }
}
