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
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Hosting;

/// <summary>Puts the reconciler of one loop together.</summary>
internal sealed class ReconcilerComposition(
    OperatorConfiguration configuration, ICleverApiFactory clever, IFleetView fleet, ClusterMemories memories, AddonInventory inventory,
    OperatorMetrics metrics, TimeProvider time, Func<double> random, ILoggerFactory loggers)
{
    private readonly EndpointRule _namespaceEndpoints = EndpointRule.OfNamespaces(configuration);

    private readonly AdoptionClaims _claims = new();

    /// <inheritdoc cref="ReconcilerFactory"/>
    public IReconciler Create(ClusterDefinition definition, IResourceReader resources, LoopWatches watches, NamespaceEnds ends)
    {
        var cluster = watches.Cluster;
        var memory = memories.Of(cluster.Id);
        var credentials = new CredentialResolver(
            cluster, watches.CredentialSecrets, definition.Options.Api, configuration.Api,
            text => CredentialsText.Parse(text, CredentialSecret.Key, _namespaceEndpoints), memory.UsedCredentials, time);
        ends.WhenGone(memory.Namespaces.Forget);
        ends.WhenGone(credentials.Forget);
        var events = new EventWriter(cluster, metrics, time, loggers.CreateLogger<EventWriter>());
        var writer = new ResourceWriter(
            cluster, watches.OwnWrites, memory, events, time, loggers.CreateLogger<ResourceWriter>());
        var publisher = new SecretPublisher(cluster, watches.OwnSecrets, watches.OwnWrites);
        var observer = new Observer(
            cluster,
            new Owner(definition.OwnerName, definition.FormerOwnerNames, configuration.Operator.AddonNames == AddonNames.Reference),
            Rules.Of(configuration.Operator, definition.Options),
            resources,
            credentials,
            fleet,
            memory,
            inventory,
            publisher,
            new SecretTrial(cluster, memory.Namespaces, time),
            new NamespaceReader(cluster, watches.Namespaces, memory.Namespaces, time),
            new DefinitionReader(cluster, time),
            new AccountSelection(clever, memory.Namespaces),
            new AddonSearch(inventory),
            new AdopteeSearch(fleet, inventory),
            time);
        var changes = new AddonChanges(observer, writer, memory, inventory, time, loggers.CreateLogger<AddonChanges>());
        var migrations = new AddonMigrations(observer, writer, events, memory.Resources, time, loggers.CreateLogger<AddonMigrations>());
        var adoptions = new AddonAdoptions(observer, writer, events, memory.Resources, inventory, _claims, loggers.CreateLogger<AddonAdoptions>());
        return new AddonReconciler(
            observer,
            new AddonActor(observer, writer, events, publisher, changes, migrations, adoptions, memory.Resources, inventory, new ResyncInterval(configuration.Operator.Resync, random), time),
            uid =>
            {
                memory.Resources.Forget(uid);
                inventory.Forget(uid);
                watches.OwnWrites.Forget(uid);
            });
    }
}
