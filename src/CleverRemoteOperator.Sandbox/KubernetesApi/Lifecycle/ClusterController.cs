using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Lifecycle;

/// <summary>What a cluster's controllers do in the background, change by change: empty what is being deleted, collect garbage.</summary>
internal sealed class ClusterController(ObjectStore store, EmptyingController emptying, GarbageCollector garbage)
{
    private readonly Subscription _changes = store.SubscribeToEverything();

    public async Task RunAsync(CancellationToken token)
    {
        await foreach (var change in _changes.Events.ReadAllAsync(token))
        {
            try
            {
                Handle(change);
            }
            catch (ApiException)
            {
                // Somebody else was faster, whose change comes by here too; or the object does not fit its schema any more,
                // and then its next change is another chance.
            }
        }
    }

    public void Stop() => store.Unsubscribe(_changes);

    private void Handle(StoreEvent change)
    {
        var changed = change.Object!;
        if (change.Type == StoreEventType.Deleted)
        {
            garbage.OwnerGone(changed);
            emptying.ContentGone(changed);
            return;
        }

        if (changed.Owners.Count > 0)
        {
            garbage.Check(changed);
        }

        if (!changed.Deleting)
        {
            return;
        }

        garbage.Deleting(changed);
        if (changed.Storage == BuiltInResources.Namespaces.Storage)
        {
            emptying.EmptyNamespace(changed.Name);
        }
        else if (changed.Storage == BuiltInResources.Definitions.Storage)
        {
            emptying.EmptyDefinition(changed.Name);
        }
    }
}
