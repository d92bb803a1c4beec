using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling;
using CleverRemoteOperator.Reconciling.Acting;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Hosting;

/// <summary>Puts the reconciler of one loop together.</summary>
internal sealed class ReconcilerComposition(
    OperatorConfiguration configuration, ICleverApiFactory clever, IFleetView fleet, ClusterMemories memories, AddonInventory inventory,
    EndpointRule namespaceEndpoints, OperatorMetrics metrics, TimeProvider time, Func<double> random, ILoggerFactory loggers)
{
    public IReconciler Create(LoopContext context)
    {
        var (cluster, definition) = (context.Cluster, context.Definition);
        var memory = memories.Of(cluster.Id);
        var credentials = new CredentialResolver(
            cluster, context.CredentialSecrets, definition.Options.Api, configuration.Api,
            text => CredentialsText.Parse(text, CredentialSecret.Key, namespaceEndpoints), memory.UsedCredentials, time);
        context.Ends.Tell(memory.Namespaces.Forget);
        context.Ends.Tell(credentials.Forget);
        var events = new EventWriter(cluster, metrics, time, loggers.CreateLogger<EventWriter>());
        var writer = new ResourceWriter(
            cluster, context.OwnWrites, memory, events, time, loggers.CreateLogger<ResourceWriter>());
        var publisher = new SecretPublisher(cluster, context.OwnSecrets, context.OwnWrites);
        var observer = new Observer(
            cluster,
            new Owner(definition.OwnerName, definition.FormerOwnerNames, configuration.Operator.AddonNames == AddonNames.Reference),
            Rules.Of(configuration.Operator, definition.Options),
            context.Resources,
            credentials,
            fleet,
            memory,
            inventory,
            publisher,
            new SecretTrial(cluster, memory.Namespaces, time),
            new NamespaceReader(cluster, context.NamespaceWatch, memory.Namespaces, time),
            new DefinitionReader(cluster, time),
            new AccountSelection(clever, memory.Namespaces),
            new AddonSearch(inventory),
            time);
        var changes = new AddonChanges(observer, writer, memory, inventory, time, loggers.CreateLogger<AddonChanges>());
        return new AddonReconciler(
            observer,
            new AddonActor(observer, writer, events, publisher, changes, memory.Resources, inventory, new ResyncInterval(configuration.Operator.Resync, random), time),
            uid =>
            {
                memory.Resources.Forget(uid);
                inventory.Forget(uid);
                context.OwnWrites.Forget(uid);
            });
    }
}
